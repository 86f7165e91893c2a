"""Telling whether the process that wrote a lock still runs, on Linux, macOS and Windows."""

import os
import platform
import sys
from pathlib import Path

_PROC = Path("/proc")


def host_name() -> str:
    """Return the name of this computer."""
    return platform.node() or "localhost"


def start_mark(pid: int) -> str | None:
    """Return when a process of this computer started, as a text that no later process with its number shares.

    Returns:
        The mark; ``""`` if the process runs but the system does not tell since when; None if it does not run.
    """
    if not 0 < pid < 2**31:
        return None
    return _running_since(pid)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED_INFORMATION = 0x1000
    _STILL_ACTIVE = 259
    _ACCESS_DENIED = 5

    def _running_since(pid: int) -> str | None:
        """Ask by handle: `os.kill(pid, 0)` would end the process on Windows."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD))
        kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *(ctypes.POINTER(wintypes.FILETIME),) * 4)
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return "" if ctypes.get_last_error() == _ACCESS_DENIED else None
        try:
            exit_code = wintypes.DWORD()
            if kernel.GetExitCodeProcess(handle, ctypes.byref(exit_code)) and exit_code.value != _STILL_ACTIVE:
                return None
            created, exited, in_kernel, in_user = (wintypes.FILETIME() for _ in range(4))
            times = (ctypes.byref(moment) for moment in (created, exited, in_kernel, in_user))
            known = kernel.GetProcessTimes(handle, *times)
            return f"{created.dwHighDateTime:08x}{created.dwLowDateTime:08x}" if known else ""
        finally:
            kernel.CloseHandle(handle)

else:

    def _running_since(pid: int) -> str | None:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            pass  # it runs, as another user
        try:
            # After the name in brackets, which may hold anything, come the state and, 19 fields on, the start.
            fields = (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
            boot_id = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        except OSError:  # no /proc, as on macOS, or other people's processes are hidden
            return ""
        # A zombie has ended; it only waits for its parent to take notice.
        return None if fields[0] in "ZX" else f"{boot_id}:{fields[19]}"
