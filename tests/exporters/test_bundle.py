"""A bundle is refused while something due fails, marked where it is a draft, complete, and verified from outside."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.checks import blocks, run
from app.exporters.packages.bundle import BundleKind, BundleNotReadyError, BundleSummary, write_bundle
from app.exporters.packages.verify import verify_bundle
from app.exporters.transliteration import ascii_name
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.papers import DocumentKind, SignedDocument
from app.model.people import FileRef
from app.model.recording import ContainerFacts, Recording, RecordingReport, RecordingRole
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

DAY = date(2026, 11, 23)
REGULATION = load_regulation()


def write(
    path: Path,
    course: Course,
    *,
    draft: bool = True,
    kind: BundleKind = BundleKind.SUBMISSION,
    reports: dict[str, RecordingReport] | None = None,
    attachments: dict[str, AttachmentFacts] | None = None,
) -> BundleSummary:
    return write_bundle(
        course,
        REGULATION,
        path,
        generated_on=DAY,
        draft=draft,
        kind=kind,
        reports=reports or {},
        attachments=attachments or {},
        course_folder=path.parent,
    )


def contents(path: Path) -> dict[str, bytes]:
    """Return the files below ``data/``."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/data/")[2]: archive.read(name) for name in archive.namelist() if "/data/" in name}


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "draft.zip"
    write(path, sample_course())
    return path


def test_a_course_that_is_not_ready_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with pytest.raises(BundleNotReadyError) as caught:
        write(path, sample_course(), draft=False)
    findings = run(sample_course(), {}, {}, REGULATION, DAY)
    assert caught.value.findings == tuple(f for f in findings if blocks(f, REGULATION))
    assert list(tmp_path.iterdir()) == []


def test_a_draft_carries_its_mark_on_every_page(draft: Path) -> None:
    pdfs = {name: data for name, data in contents(draft).items() if name.endswith(".pdf")}
    assert len(pdfs) == 6
    for name, data in pdfs.items():
        for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1):
            assert "ЖОБА" in page.extract_text(), f"{name}, page {number}"


def test_it_holds_documents_data_and_a_cover_list(draft: Path) -> None:
    files = contents(draft)
    wanted = {f"documents/{name}.pdf" for name in ("00_contents", "form_01", "form_02", "form_05")}
    wanted |= {f"editable/{name}.docx" for name in ("form_01", "form_02", "form_05")}
    wanted |= {"editable/form_05.txt", "course.json", "contents.json", "recordings.json"}
    assert wanted <= files.keys()
    assert all(name.isascii() and "," not in name for name in files)
    parts = {part["key"]: part for part in json.loads(files["contents.json"])["parts"]}
    assert parts["form_01"]["missing"] is False
    assert parts["contracts"] == {
        "key": "contracts",
        "clause": "7.10b",
        "have": 0,
        "need": 2,
        "files": [],
        "missing": True,
    }
    assert files["editable/form_05.txt"].count(b"ANSWER: ") == 120
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["documents/00_contents.pdf"])).pages)
    assert "Жетіспейтіні" in cover


def test_the_same_course_on_the_same_day_gives_the_same_bytes(tmp_path: Path, draft: Path) -> None:
    again = tmp_path / "again.zip"
    write(again, sample_course())
    assert again.read_bytes() == draft.read_bytes()


def test_it_is_valid_and_the_rules_speak_again(draft: Path) -> None:
    result = verify_bundle(draft, today=DAY, regulation=REGULATION)
    assert result.valid
    assert result.course == sample_course()
    assert result.findings == run(sample_course(), {}, {}, REGULATION, DAY)


def test_recordings_go_by_link_with_size_and_checksum_and_their_report(tmp_path: Path) -> None:
    secret = "/home/lecturer/Рабочий стол/lecture 1.mp4"
    recording = Recording(
        id="rec1",
        title="1-дәріс",
        role=RecordingRole.NONE,
        path=secret,
        url="https://example.org/1.mp4",
        size_bytes=1234,
        sha256="ab" * 32,
        fingerprint="fp",
    )
    report = RecordingReport(
        fingerprint="fp", path=secret, container=ContainerFacts(format="mp4", duration_s=12.0), wall_s=3.5
    )
    course = sample_course().model_copy(update={"recordings": (recording,)})
    path = tmp_path / "bundle.zip"
    write(path, course, reports={"rec1": report})
    files = contents(path)
    (entry,) = json.loads(files["recordings.json"])
    assert (entry["url"], entry["size_bytes"], entry["sha256"]) == ("https://example.org/1.mp4", 1234, "ab" * 32)
    kept = RecordingReport.model_validate_json(files["reports/rec1.json"])
    assert (kept.container.duration_s, kept.path, kept.wall_s) == (12.0, "lecture 1.mp4", 0.0)
    result = verify_bundle(path, today=DAY, regulation=REGULATION)
    assert result.findings == run(course, {"rec1": report}, {}, REGULATION, DAY)


def test_questions_that_the_test_file_cannot_hold_are_named(tmp_path: Path, draft: Path) -> None:
    course = sample_course()
    first, second, *others = course.test_bank
    broken = first.model_copy(update={"stem": "бір\nекі"}), second.model_copy(update={"correct": ()})
    path = tmp_path / "bundle.zip"
    summary = write(path, course.model_copy(update={"test_bank": (*broken, *others)}))
    assert [question.id for question in summary.left_out] == ["q001", "q002"]
    files = contents(path)
    left_out = json.loads(files["contents.json"])["left_out_questions"]
    assert [(entry["id"], entry["stem"]) for entry in left_out] == [("q001", "бір\nекі"), ("q002", second.stem)]
    assert [entry["problems"] for entry in left_out] == [["multi_line_stem"], ["no_right_answer"]]
    assert files["editable/form_05.txt"].decode().count("ANSWER:") == len(course.test_bank) - 2
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["documents/00_contents.pdf"])).pages)
    assert "form_05.txt файлына кірмеген сұрақтар" in " ".join(cover.split())
    assert "бір екі" in " ".join(cover.split())
    whole = contents(draft)
    assert json.loads(whole["contents.json"])["left_out_questions"] == []
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(whole["documents/00_contents.pdf"])).pages)
    assert "кірмеген сұрақтар" not in " ".join(cover.split())


def test_attached_files_are_taken_in_and_a_vanished_one_is_only_missing(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    (tmp_path / "materials" / "signed.pdf").write_bytes(b"%PDF-1.4 signed")
    documents = tuple(
        SignedDocument(id=f"d{number}", kind=DocumentKind.FORM_02, file=FileRef(path=f"materials/{name}.pdf"))
        for number, name in enumerate(("signed", "gone"))
    )
    course = sample_course().model_copy(update={"documents": documents})
    facts = {
        "materials/signed.pdf": AttachmentFacts(path="materials/signed.pdf", exists=True),
        "materials/gone.pdf": AttachmentFacts(path="materials/gone.pdf"),
    }
    path = tmp_path / "bundle.zip"
    write(path, course, attachments=facts)
    files = contents(path)
    assert files["materials/signed.pdf"] == b"%PDF-1.4 signed"
    assert "materials/gone.pdf" not in files


def test_a_publication_holds_pdf_files_only(tmp_path: Path) -> None:
    path = tmp_path / "public.zip"
    write(path, sample_course(), kind=BundleKind.PUBLICATION)
    names = contents(path).keys()
    assert names
    assert all(name.endswith(".pdf") for name in names)
    assert verify_bundle(path, today=DAY, regulation=REGULATION).valid


def test_an_empty_course_makes_a_draft_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    write(path, Course())
    result = verify_bundle(path, today=DAY, regulation=REGULATION)
    assert result.valid
    assert result.course == Course()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Тағам қауіпсіздігі", "tagam-qauipsizdigi"),
        ("Ёж и щука: 100 %", "ezh-i-shchuka-100"),
        ("../Әлем…/\\..", "alem"),
        ("Naïve Bayes", "naive-bayes"),
        ("🙂", ""),
    ],
)
def test_file_names_are_ascii(title: str, name: str) -> None:
    assert ascii_name(title) == name
