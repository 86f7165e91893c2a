"""The whole build: freeze, trim, put in place, try."""

import shutil
import sys
import time
from pathlib import Path

from app import __version__
from scripts.installer.first_start import try_product
from scripts.installer.freeze import freeze
from scripts.installer.system import PROGRAM, BuildError, System, system_named
from scripts.installer.trim import linked_names, size_mb, trim

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PAPERS = ("LICENSE", "THIRD_PARTY_NOTICES.md")


def main() -> int:
    """Build the product for this system in ``dist/mooc-studio`` and try it; 0 when it works, 1 when not."""
    try:
        build(CHECKOUT, system_named(sys.platform))
    except BuildError as problem:
        print(f"\nThe build failed. {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe build failed: {error}", file=sys.stderr)
        return 1
    return 0


def build(checkout: Path, system: System) -> Path:
    """Build, trim and try the product and return its folder.

    Raises:
        BuildError: any step failed; what an earlier build left in ``dist`` is gone then.
        OSError: something cannot be read or written.
    """
    started_s = time.monotonic()
    place = checkout / "dist" / PROGRAM
    if place.exists():
        shutil.rmtree(place)  # a product that was not tried must not be found there
    _tell(f"Building MOOC Studio {__version__} for {system} …")
    product = freeze(checkout, checkout / "build" / "installer", system, __version__)
    for name in PAPERS:
        shutil.copy2(checkout / name, product)
    frozen_s = time.monotonic()
    trimmed = trim(product, system, linked_names)
    _tell(
        f"Size: {trimmed.before_mb:.0f} MB before trimming, {trimmed.after_mb:.0f} MB after; "
        f"{trimmed.files} files went ({frozen_s - started_s:.0f} s to build)."
    )
    _tell("The product in another folder, without Python:")
    try_product(product, system, lambda line: _tell(f"  {line}"))
    place.parent.mkdir(exist_ok=True)
    shutil.move(product, place)
    _tell(f"Ready: {place}, {size_mb(place):.0f} MB, after {time.monotonic() - started_s:.0f} s.")
    return place


def _tell(line: str) -> None:
    print(line, flush=True)
