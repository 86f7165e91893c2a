"""A bank is hundreds of thousands of objects and hardly a cycle: a search for garbage meanwhile finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the collector of cyclic garbage still, and set it going again whatever happens.

    Where it stands still already, as in the window's process, which collects in one thread alone, nothing changes.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
