"""Build MOOC Studio for the system that this runs on, into ``dist/mooc-studio``: ``uv run python build_installer.py``.

The folder runs on its own, without Python. The build ends by starting it somewhere else; exit status 0 says that it
works.
"""

import sys

from scripts.installer.build import main

if __name__ == "__main__":
    sys.exit(main())
