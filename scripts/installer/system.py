"""The system that a product is built for, always the one that builds it; and what can go wrong on the way."""

from enum import StrEnum
from typing import Final

PROGRAM: Final = "mooc-studio"
"""Name of the program and of its folder on disk, without blanks."""


class BuildError(Exception):
    """The build ends here; the message is for the person who builds."""


class System(StrEnum):
    """Systems that the program is built for. Linux is built and tried; the others are written from documentation."""

    LINUX = "linux"
    WINDOWS = "win32"
    MACOS = "darwin"

    @property
    def executable(self) -> str:
        """Name of the file that starts the product."""
        return f"{PROGRAM}.exe" if self is System.WINDOWS else PROGRAM


def system_named(platform: str) -> System:
    """Return the system for a value of `sys.platform`.

    Raises:
        BuildError: there is no build for it.
    """
    if platform not in set(System):
        known = ", ".join(System)
        raise BuildError(f"MOOC Studio is not built for the system {platform!r}; it is for {known}.")
    return System(platform)
