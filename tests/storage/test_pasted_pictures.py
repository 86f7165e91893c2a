"""Pictures that the clipboard names are read from this machine alone."""

from pathlib import Path

import pytest

from app.storage.pasted_pictures import load_pasted_picture


def test_a_file_of_this_machine_is_read(tmp_path: Path) -> None:
    path = tmp_path / "сурет 1%.png"
    path.write_bytes(b"content")
    assert load_pasted_picture(path.as_uri()) == b"content"
    assert load_pasted_picture(path.as_uri().replace("file://", "file://localhost")) == b"content"


@pytest.mark.parametrize("source", ["data:image/png;base64,AQID", "DATA:image/png;BASE64,AQ%0A ID"])
def test_what_the_address_itself_holds(source: str) -> None:
    assert load_pasted_picture(source) == b"\x01\x02\x03"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "picture.png",
        "https://example.org/a.png",
        "file://server/share/a.png",
        "file:////server/share/a.png",
        "file:///\\\\server\\share\\a.png",
        "file:///no/such/file.png",
        "file:///a%00b.png",
        "file://[broken",
        "data:image/png;base64,***",
        "data:image/svg+xml,<svg/>",
        "data:",
    ],
)
def test_nothing_is_fetched_from_elsewhere_and_nothing_fails(source: str) -> None:
    assert load_pasted_picture(source) == b""


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    assert load_pasted_picture(tmp_path.as_uri()) == b""
