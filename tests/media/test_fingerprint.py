"""The key of kept reports and the checksum of the bundle."""

import hashlib
import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.media.analyse import analyse
from app.media.fingerprint import FullHash, fingerprint
from app.model.errors import MediaError


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    return path


def test_the_same_content_at_the_same_time_has_the_same_key_under_any_name(tmp_path: Path) -> None:
    content = os.urandom(1_000_000)
    first, second = write(tmp_path / "a.mp4", content), write(tmp_path / "дәріс 1.mov", content)
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize("place", [0, 65_535, 1_000_000 * 8 // 17, -1])
def test_a_changed_byte_in_head_tail_or_sample_changes_the_key(tmp_path: Path, place: int) -> None:
    content = bytearray(1_000_000)
    before = fingerprint(write(tmp_path / "a.mp4", bytes(content)))
    content[place] = 1
    assert fingerprint(write(tmp_path / "a.mp4", bytes(content))) != before


def test_size_and_time_are_part_of_the_key(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", bytes(300_000))
    before = fingerprint(path)
    os.utime(path, ns=(1, 1))
    assert fingerprint(path) != before
    assert fingerprint(write(path, bytes(300_001))) != before


def test_the_paired_sound_is_part_of_the_key(tmp_path: Path) -> None:
    picture, sound = write(tmp_path / "a.mp4", b"picture"), write(tmp_path / "a.wav", b"sound")
    assert len({fingerprint(picture), fingerprint(picture, sound), fingerprint(sound)}) == 3


@pytest.mark.parametrize(
    "places", [(), (5_000_000, 8_000_000), (9_000_000, 10, 9_000_000), range(0, 9_000_001, 70_000)]
)
def test_the_checksum_is_the_sha_256_of_the_whole_however_it_is_followed(tmp_path: Path, places: Sequence[int]) -> None:
    content = os.urandom(9_000_001)
    with FullHash(write(tmp_path / "a.mp4", content)) as whole:
        for place in places:
            whole.follow(place)
        assert whole.finish(lambda: None) == hashlib.sha256(content).hexdigest()


def test_the_checksum_can_be_stopped_at_every_megabyte(tmp_path: Path) -> None:
    beats: list[int] = []
    with FullHash(write(tmp_path / "a.mp4", bytes(9_000_001))) as whole:
        whole.finish(lambda: beats.append(1))
    assert len(beats) == 9


class Vanished(io.RawIOBase):
    """A file whose drive was pulled out."""

    def readinto(self, _: object) -> int:
        raise OSError(5, "Input/output error")


def test_a_drive_that_vanishes_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_, **__: Vanished())
    with FullHash(Path("a.mp4")) as whole:
        whole.follow(2_000_000)
        with pytest.raises(MediaError, match="media_no_access"):
            whole.finish(lambda: None)


def test_a_report_carries_both(small_clip: Path) -> None:
    report = analyse(small_clip)
    assert report.fingerprint == fingerprint(small_clip)
    assert report.sha256 == hashlib.sha256(small_clip.read_bytes()).hexdigest()


def test_a_missing_file_has_no_key(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="media_missing"):
        fingerprint(tmp_path / "none.mp4")
