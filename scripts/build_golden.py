"""All documents of the golden course for looking at, and the golden texts and pictures themselves.

Usage: ``python scripts/build_golden.py FOLDER`` writes every document in all its formats into FOLDER and each page of
the PDFs as a picture beside it. ``python scripts/build_golden.py --update`` keeps what they say and show now in
``tests/golden``: after somebody has looked at them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.ui.pdf_images import page_images
from tests.exporters.golden import FOLDER, golden_documents, greys, save, text_of

LOOKED_AT_PX = 1000


def write_all(folder: Path) -> None:
    """Write documents and pages."""
    for golden in golden_documents():
        target = folder / golden.lang.value
        target.mkdir(parents=True, exist_ok=True)
        for fmt in ("pptx",) if golden.suffix == "pptx" else ("pdf", "docx"):
            data = golden.data(fmt)
            (target / f"{golden.name}.{fmt}").write_bytes(data)
            if fmt == "pdf":
                for number, image in enumerate(page_images(data, LOOKED_AT_PX), start=1):
                    image.save(str(target / f"{golden.name}-{number}.png"))
        print(target / golden.name)


def update() -> None:
    """Rewrite the golden files; those of documents that are not made any more go."""
    kept = set()
    for golden in golden_documents():
        data = golden.data(golden.suffix)
        golden.text_path.parent.mkdir(parents=True, exist_ok=True)
        golden.text_path.write_text(text_of(golden, data), encoding="utf-8", newline="\n")
        kept.add(golden.text_path)
        pages = greys(data) if golden.pages else []
        for page in golden.pages:
            save(pages[page - 1], golden.picture_path(page))
            kept.add(golden.picture_path(page))
    for path in FOLDER.glob("*/*"):
        if path not in kept:
            path.unlink()
    size_kib = sum(path.stat().st_size for path in kept) / 1024
    print(f"{len(kept)} files, {size_kib:.0f} KiB")


def main() -> int:
    """Do what the arguments ask."""
    match sys.argv[1:]:
        case ["--update"]:
            update()
        case [folder] if not folder.startswith("-"):
            write_all(Path(folder))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
