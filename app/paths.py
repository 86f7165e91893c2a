"""Where the program's own files are: the checkout, or the folder that PyInstaller made."""

import sys
from pathlib import Path


def resources_dir() -> Path:
    """Return the folder `resources/` of the checkout or of the frozen program."""
    frozen_root = getattr(sys, "_MEIPASS", None)
    root = Path(frozen_root) if frozen_root else Path(__file__).resolve().parent.parent
    return root / "resources"
