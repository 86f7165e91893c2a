"""A bag is reproducible, readable by other tools, and every tampering is found and named."""

import random
import stat
import warnings
import zipfile
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters.packages.bag import BagProblem, BagProblemKind, BagReader, write_bag
from app.model.errors import BundleError

PAYLOAD: dict[str, bytes | Path] = {
    "course.json": '{"title": "Тағам қауіпсіздігі"}'.encode(),
    "documents/form_01.pdf": b"%PDF-1.7" + bytes(range(256)) * 40,
    "empty.txt": b"",
}
INFO = {"Bagging-Date": "2026-11-23", "External-Description": "Қазақша\nатау"}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    path = tmp_path / "bundle.zip"
    write_bag(path, "mooc-test", PAYLOAD, INFO)
    return path


def problems(path: Path) -> tuple[BagProblem, ...]:
    with BagReader(path) as reader:
        return reader.problems()


def rezip(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """Copy a ZIP with some entries replaced, dropped (None) or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = change.get(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
        for name, content in change.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return target


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, bag: Path) -> None:
    again = tmp_path / "again.zip"
    write_bag(again, "mooc-test", dict(reversed(list(PAYLOAD.items()))), INFO)
    assert again.read_bytes() == bag.read_bytes()


def test_another_bagit_reader_accepts_it(tmp_path: Path, bag: Path) -> None:
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(tmp_path / "out")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reference reader's own deprecations are not ours
        other = bagit.Bag(str(tmp_path / "out" / "mooc-test"))
    assert other.validate()
    assert other.info["Bagging-Date"] == "2026-11-23"
    assert set(other.payload_files()) == {f"data/{name}" for name in PAYLOAD}


def test_an_untouched_bag_is_valid_and_gives_its_content(bag: Path) -> None:
    with BagReader(bag) as reader:
        assert reader.problems() == ()
        assert reader.payload_paths() == tuple(sorted(PAYLOAD))
        assert reader.read("course.json") == PAYLOAD["course.json"]
        assert reader.read("no such file") is None


@pytest.mark.parametrize(
    "name", ["data/course.json", "data/documents/form_01.pdf", "bag-info.txt", "manifest-sha256.txt"]
)
def test_one_changed_byte_names_the_file(tmp_path: Path, bag: Path, name: str) -> None:
    with zipfile.ZipFile(bag) as archive:
        content = bytearray(archive.read(f"mooc-test/{name}"))
    content[-2] ^= 1
    changed = rezip(bag, tmp_path / "changed.zip", {f"mooc-test/{name}": bytes(content)})
    named = {problem.path for problem in problems(changed)}
    assert name in named


def test_a_missing_and_an_added_file_are_named(tmp_path: Path, bag: Path) -> None:
    missing = rezip(bag, tmp_path / "missing.zip", {"mooc-test/data/empty.txt": None})
    assert problems(missing) == (BagProblem(BagProblemKind.MISSING, "data/empty.txt"),)
    added = rezip(bag, tmp_path / "added.zip", {"mooc-test/data/virus.exe": b"MZ"})
    assert problems(added) == (BagProblem(BagProblemKind.EXTRA, "data/virus.exe"),)


def test_a_byte_flipped_anywhere_in_an_entry_is_found_or_changes_nothing(tmp_path: Path, bag: Path) -> None:
    rng = random.Random(11)
    raw = bag.read_bytes()
    with zipfile.ZipFile(bag) as archive:
        sizes = [(i.header_offset, 30 + len(i.filename.encode()) + i.compress_size) for i in archive.infolist()]
    found = 0
    for start, size in sizes:
        for _ in range(12):
            damaged = bytearray(raw)
            damaged[start + rng.randrange(size)] ^= 1 << rng.randrange(8)
            path = tmp_path / "flipped.zip"
            path.write_bytes(damaged)
            if noticed(path):
                found += 1
            else:  # the last bits of a deflate stream mean nothing
                assert content_of(path) == content_of(bag)
    assert found > 12 * len(sizes) * 0.9


def noticed(path: Path) -> bool:
    try:
        return problems(path) != ()
    except BundleError:
        return True


def content_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "outside"),
        ("mooc-test/data/../../evil.txt", "outside"),
        ("/etc/evil.txt", "absolute"),
        ("C:/evil.txt", "absolute"),
        ("mooc-test\\data\\evil.txt", "absolute"),
        ("mooc-test/./evil.txt", "outside"),
        ("mooc-test//evil.txt", "outside"),
    ],
)
def test_paths_that_point_elsewhere_are_refused(tmp_path: Path, bag: Path, name: str, reason: str) -> None:
    hostile = rezip(bag, tmp_path / "hostile.zip", {name: b"x"})
    with pytest.raises(BundleError) as caught:
        BagReader(hostile)
    assert caught.value.code == "bundle_hostile"
    assert caught.value.params["reason"] == reason


def test_links_bombs_doubles_and_encryption_are_refused(tmp_path: Path, bag: Path) -> None:
    def refused(change: zipfile.ZipInfo, content: bytes) -> str:
        path = tmp_path / "hostile.zip"
        path.write_bytes(bag.read_bytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "duplicate name", which is the point
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(change, content)
        with pytest.raises(BundleError) as caught:
            BagReader(path)
        return str(caught.value.params["reason"])

    link = zipfile.ZipInfo("mooc-test/data/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refused(link, b"/etc/passwd") == "link"
    bomb = zipfile.ZipInfo("mooc-test/data/bomb")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    assert refused(bomb, bytes(64 * 1024 * 1024)) == "bomb"
    assert refused(zipfile.ZipInfo("mooc-test/data/course.json"), b"{}") == "twice"

    encrypted = bytearray(bag.read_bytes())
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1  # the flag in the first central header
    path = tmp_path / "encrypted.zip"
    path.write_bytes(encrypted)
    with pytest.raises(BundleError) as caught:
        BagReader(path)
    assert caught.value.params["reason"] == "encrypted"


@pytest.mark.parametrize(("content", "code"), [(b"", "bundle_not_zip"), (b"PK\x03\x04 no zip", "bundle_not_zip")])
def test_what_is_no_zip_is_said_so(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BundleError) as caught:
        BagReader(path)
    assert caught.value.code == code


def test_a_truncated_bundle_and_a_plain_zip_are_told_apart(tmp_path: Path, bag: Path) -> None:
    truncated = tmp_path / "truncated.zip"
    truncated.write_bytes(bag.read_bytes()[:-40])
    with pytest.raises(BundleError) as caught:
        BagReader(truncated)
    assert caught.value.code == "bundle_not_zip"
    plain = tmp_path / "plain.zip"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("folder/readme.txt", "hello")
    with pytest.raises(BundleError) as caught:
        BagReader(plain)
    assert caught.value.code == "bundle_not_bag"
    with pytest.raises(BundleError) as caught:
        BagReader(tmp_path / "nothing.zip")
    assert caught.value.code == "bundle_missing"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    out.write_bytes(b"the old one")
    with pytest.raises(BundleError) as caught:
        write_bag(out, "mooc-test", {"gone.pdf": tmp_path / "gone.pdf"}, INFO)
    assert caught.value.code == "bundle_source_unreadable"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]
    assert out.read_bytes() == b"the old one"


def test_what_shrinks_like_a_bomb_is_packed_so_that_we_can_read_it(tmp_path: Path) -> None:
    uniform = tmp_path / "blank.bmp"
    uniform.write_bytes(bytes(8 * 1024 * 1024))
    path = tmp_path / "bundle.zip"
    payload: dict[str, bytes | Path] = {"course.json": b" " * 8 * 1024 * 1024, "materials/blank.bmp": uniform}
    write_bag(path, "mooc-test", payload, INFO)
    assert problems(path) == ()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=4000))
def test_no_bytes_make_the_reader_fall_over(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BundleError):
        BagReader(path)
