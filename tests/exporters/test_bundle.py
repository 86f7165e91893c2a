"""A bundle is refused while something due fails, marked where it is a draft, complete, and verified from outside."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.checks import blocks, run
from app.exporters.forms import form_files
from app.exporters.packages.bag import BagProblemKind
from app.exporters.packages.bundle import BundleKind, BundleNotReadyError, BundleSummary, write_bundle
from app.exporters.packages.payload import submission_forms
from app.exporters.packages.verify import verify_bundle
from app.exporters.packages.volumes import encoded_bytes, largest_file_bytes
from app.exporters.transliteration import ascii_name
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.errors import BundleError
from app.model.papers import DocumentKind, MinutesBody, MinutesExtract, Pilot, RecordingSession, Review, SignedDocument
from app.model.people import FileRef
from app.model.recording import ContainerFacts, Recording, RecordingReport, RecordingRole
from app.model.structure import SelfStudyItem
from app.model.teaching import Survey, SurveyWhen
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.regulation_file import load_regulation
from app.storage.texts_file import load_texts
from tests.exporters.document_texts import pdf_pages
from tests.exporters.reviewed_course import reviewed_course

DAY = date(2026, 11, 23)
REGULATION = load_regulation()


def small_course() -> Course:
    """The sample course with one week of two lectures and few questions, so that many bundles are quick."""
    course = sample_course()
    module = course.modules[0]
    module = module.model_copy(update={"lessons": module.lessons[:2]})
    return course.model_copy(
        update={"modules": (module,), "test_bank": course.test_bank[:6], "glossary": course.glossary[:3]}
    )


SMALL = small_course()


def write(
    path: Path,
    course: Course,
    *,
    draft: bool = True,
    kind: BundleKind = BundleKind.SUBMISSION,
    reports: dict[str, RecordingReport] | None = None,
    attachments: dict[str, AttachmentFacts] | None = None,
    volume_mb: int | None = None,
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
        volume_mb=volume_mb,
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


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.zip"
    write(path, SMALL)
    return path


def test_a_course_that_is_not_ready_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with pytest.raises(BundleNotReadyError) as caught:
        write(path, sample_course(), draft=False)
    findings = run(sample_course(), {}, {}, REGULATION, DAY)
    assert caught.value.findings == tuple(f for f in findings if blocks(f, REGULATION))
    assert list(tmp_path.iterdir()) == []


def test_a_draft_carries_its_mark_on_every_page(small: Path) -> None:
    pdfs = {name: data for name, data in contents(small).items() if name.endswith(".pdf")}
    assert {
        f"documents/{form_files(SMALL, form)[-1].name}.pdf" for form in ("01", "03", "06", "glossary")
    } <= pdfs.keys()
    for name, data in pdfs.items():
        for number, page in enumerate(pdf_pages(data), start=1):
            assert "ЖОБА" in page, f"{name}, page {number}"


def test_it_holds_documents_data_and_a_cover_list(draft: Path) -> None:
    files = contents(draft)
    wanted = {f"documents/{name}.pdf" for name in ("form_01", "form_02", "form_05")}
    wanted |= {f"editable/{name}.docx" for name in ("form_01", "form_02", "form_05")}
    wanted |= {"editable/form_05.txt", "course.json", "contents.json", "recordings.json", "README.pdf"}
    assert wanted <= files.keys()
    assert all(name.isascii() and "," not in name for name in files)
    parts = {part["key"]: part for part in json.loads(files["contents.json"])["parts"]}
    assert parts["form_01"]["missing"] is False
    assert parts["contracts"] == {
        "key": "contracts",
        "title": "Авторлық құқық шарттары",
        "purpose": "Айрықша мүліктік құқықтар университетке беріледі.",
        "who": "автор",
        "clause": "7.10b",
        "have": 0,
        "need": 2,
        "files": [],
        "missing": True,
    }
    assert files["editable/form_05.txt"].count(b"ANSWER: ") == 120
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["README.pdf"])).pages)
    assert "Жетіспейтіні" in cover


def test_the_same_course_on_the_same_day_gives_the_same_bytes(tmp_path: Path, small: Path) -> None:
    again = tmp_path / "again.zip"
    write(again, SMALL)
    assert again.read_bytes() == small.read_bytes()


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
    course = SMALL.model_copy(update={"recordings": (recording,)})
    path = tmp_path / "bundle.zip"
    write(path, course, reports={"rec1": report})
    files = contents(path)
    (entry,) = json.loads(files["recordings.json"])
    assert (entry["url"], entry["size_bytes"], entry["sha256"]) == ("https://example.org/1.mp4", 1234, "ab" * 32)
    kept = RecordingReport.model_validate_json(files["reports/rec1.json"])
    assert (kept.container.duration_s, kept.path, kept.wall_s) == (12.0, "lecture 1.mp4", 0.0)
    result = verify_bundle(path, today=DAY, regulation=REGULATION)
    assert result.findings == run(course, {"rec1": report}, {}, REGULATION, DAY)


def test_questions_that_the_test_file_cannot_hold_are_named(tmp_path: Path, small: Path) -> None:
    course = SMALL
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
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["README.pdf"])).pages)
    assert "form_05.txt файлына кірмеген сұрақтар" in " ".join(cover.split())
    assert "бір екі" in " ".join(cover.split())
    whole = contents(small)
    assert json.loads(whole["contents.json"])["left_out_questions"] == []
    cover = "".join(page.extract_text() for page in PdfReader(io.BytesIO(whole["README.pdf"])).pages)
    assert "кірмеген сұрақтар" not in " ".join(cover.split())


def with_papers(folder: Path) -> tuple[Course, dict[str, AttachmentFacts]]:
    """The sample course with a signed programme, minutes, lecture files of odd names; one of them has vanished."""
    names = ("signed.pdf", "Үзінді, № 5.pdf", "Дәріс 1, соңғы.PDF", "slides.pptx", "gone.pdf", "scan.tiff")
    (folder / "materials").mkdir()
    for name in names:
        if name != "gone.pdf":
            (folder / "materials" / name).write_bytes(f"%PDF-1.4 {name}".encode())
    files = [FileRef(path=f"materials/{name}") for name in names]
    signed = SignedDocument(
        id="d1", kind=DocumentKind.FORM_02, file=files[0], signed_by=("А. Автор", "К. Басшы"),
        dated_on=date(2026, 10, 2), stamped=True,
    )  # fmt: skip
    gone = SignedDocument(id="d2", kind=DocumentKind.FORM_02, file=files[4])
    extract = MinutesExtract(
        id="m1", body=MinutesBody.DEPARTMENT, number="5", dated_on=date(2026, 10, 1), file=files[1]
    )
    course = SMALL
    first, *others = course.modules
    study = (SelfStudyItem(id="s1", title="Дәріс мәтіні", file=files[2]), SelfStudyItem(id="s2", file=files[5]))
    lesson = first.lessons[0].model_copy(update={"self_study": study, "presentation": files[3]})
    first = first.model_copy(update={"lessons": (lesson, *first.lessons[1:])})
    changes = {"documents": (signed, gone), "minutes": (extract,), "modules": (first, *others)}
    facts = {file.path: AttachmentFacts(path=file.path, exists=file is not files[4]) for file in files}
    return course.model_copy(update=changes), facts


def papers_of(course: Course) -> set[str]:
    """Return the names of the documents that a submission of a course holds, without their endings."""
    return {file.name for file in submission_forms(course)}


def test_a_submission_holds_no_blank_record() -> None:
    """Nothing was tried, recorded, scored: what would be printed is an empty sheet (X23, part B-b)."""
    course = sample_course().model_copy(
        update={
            "sessions": (RecordingSession(id="s1"),),
            "reviews": (Review(id="r1", expert_id="e1"),),
            "pilot": Pilot(sample_description=" ", results="\n"),
            "surveys": (Survey(id="v1", when=SurveyWhen.ENTRY),),
        }
    )
    assert not any(name.startswith(("form_07", "form_10", "pilot", "surveys")) for name in papers_of(course))


def test_a_submission_holds_the_filled_records_of_authors_and_experts_and_none_of_the_office() -> None:
    """Intake check, placement certificate and pre-launch check come after the submission (B-b 28 to 30)."""
    course = reviewed_course()
    assert course.prelaunch_check.checked_on
    assert course.intake_check.checked_on
    assert course.placement_certificate.number
    names = papers_of(course)
    assert {"pilot", "form_11", "surveys", "messages"} <= names
    assert any(name.startswith("form_07") for name in names)
    assert any(name.startswith("form_10") for name in names)
    assert not any(name.startswith(("intake", "prelaunch", "form_09")) for name in names)
    unanswered = RecordingSession(id="blank", starts_at=course.sessions[0].starts_at)
    more = course.model_copy(update={"sessions": (*course.sessions, unanswered)})
    assert papers_of(more) == names


def test_attached_files_are_taken_in_under_ascii_names_by_kind(tmp_path: Path) -> None:
    course, facts = with_papers(tmp_path)
    path = tmp_path / "bundle.zip"
    write(path, course, attachments=facts)
    files = contents(path)
    title = ascii_name(course.modules[0].lessons[0].title, max_chars=40)
    assert {
        "signed/form_02_signed.pdf": b"%PDF-1.4 signed.pdf",
        "signed/minutes_department.pdf": "%PDF-1.4 Үзінді, № 5.pdf".encode(),
        "materials/lecture_01_lecture_daris-matini.pdf": "%PDF-1.4 Дәріс 1, соңғы.PDF".encode(),
        f"editable/lecture_01_presentation_{title}.pptx": b"%PDF-1.4 slides.pptx",
        f"other/lecture_01_lecture_{title}.tiff": b"%PDF-1.4 scan.tiff",
    }.items() <= files.items()
    assert not any("gone" in name for name in files)
    assert all(name.isascii() and not set(name) & set(", ") for name in files)
    names = {entry["path"]: entry for entry in json.loads(files["contents.json"])["files"]}
    lecture = names["materials/lecture_01_lecture_daris-matini.pdf"]
    assert lecture["original"] == "materials/Дәріс 1, соңғы.PDF"
    assert lecture["title"].endswith("1. Дәріс мәтіні")
    assert verify_bundle(path, today=DAY, regulation=REGULATION).valid


def test_the_readme_says_who_signed_when_and_whether_it_is_stamped(tmp_path: Path) -> None:
    course, facts = with_papers(tmp_path)
    path = tmp_path / "bundle.zip"
    write(path, course, attachments=facts)
    readme = " ".join(pdf_words(contents(path)["README.pdf"]))
    for words in ("А. Автор", "К. Басшы", "02.10.2026 бар", "№ 5", "01.10.2026", "mooc@atu.edu.kz", "декан"):
        assert words in readme, words
    signed = json.loads(contents(path)["contents.json"])["signed"]
    assert signed[0] == {
        "part": "form_02_signed",
        "path": "signed/form_02_signed.pdf",
        "number": "",
        "people": ["А. Автор", "К. Басшы"],
        "dated_on": "2026-10-02",
        "stamped": True,
    }


def pdf_words(data: bytes) -> list[str]:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split()


def test_a_reader_of_others_finds_the_bag_valid(tmp_path: Path) -> None:
    course, facts = with_papers(tmp_path)
    paths = write(tmp_path / "bundle.zip", course, attachments=facts, volume_mb=1).volumes
    for path in paths:
        target = tmp_path / path.stem
        with zipfile.ZipFile(path) as archive:
            archive.extractall(target)
        [bag] = target.iterdir()
        assert bagit.Bag(str(bag)).is_valid()


def large_course(folder: Path) -> tuple[Course, dict[str, AttachmentFacts]]:
    """A course with a presentation of 1.2 MB that no packing makes smaller, for each of its two lectures."""
    (folder / "materials").mkdir()
    files: dict[str, FileRef] = {}
    for number, lesson in enumerate(lesson for module in SMALL.modules for lesson in module.lessons):
        data = hashlib.shake_256(bytes([number])).digest(1_200_000)
        files[lesson.id] = FileRef(path=f"materials/{number}.pptx")
        (folder / files[lesson.id].path).write_bytes(data)
    modules = tuple(
        module.model_copy(
            update={"lessons": tuple(le.model_copy(update={"presentation": files[le.id]}) for le in module.lessons)}
        )
        for module in SMALL.modules
    )
    facts = {file.path: AttachmentFacts(path=file.path, exists=True) for file in files.values()}
    return SMALL.model_copy(update={"modules": modules}), facts


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("volumes")
    course, facts = large_course(folder)
    return write(folder / "b.zip", course, attachments=facts, volume_mb=2).volumes


def test_each_volume_fits_into_a_mail_and_all_are_one_bundle(volumes: tuple[Path, ...]) -> None:
    count = len(volumes)
    assert count >= 2 * 1_200_000 / 1_460_000
    assert [path.name for path in volumes] == [f"b-{number}-of-{count}.zip" for number in range(1, count + 1)]
    seen: set[str] = set()
    for path in volumes:
        message = EmailMessage()
        message.set_content("x")
        message.add_attachment(path.read_bytes(), maintype="application", subtype="zip", filename=path.name)
        assert len(message.as_bytes(policy=SMTP)) < 2_000_000
        names = contents(path).keys()
        assert not names & seen
        seen |= names
    assert {"README.pdf", "contents.json", "course.json"} <= contents(volumes[0]).keys()
    result = verify_bundle(volumes[1], today=DAY, regulation=REGULATION)
    assert (result.valid, len(result.volumes)) == (True, count)
    assert set(result.documents) == seen
    assert result.course is not None
    lists = json.loads(contents(volumes[0])["contents.json"])["volumes"]
    assert [set(paths) <= contents(path).keys() for paths, path in zip(lists, volumes, strict=True)] == [True] * count


def test_a_missing_volume_is_named(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    for path in volumes[:1] + volumes[2:]:
        shutil.copy(path, tmp_path)
    result = verify_bundle(tmp_path / volumes[0].name, today=DAY, regulation=REGULATION)
    [problem] = result.problems
    assert (problem.kind, problem.path) == (BagProblemKind.MISSING_VOLUME, f"2 of {len(volumes)}")
    assert not result.complete


def test_a_volume_that_was_cut_short_counts_as_missing(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    for path in volumes:
        shutil.copy(path, tmp_path)
    cut = tmp_path / volumes[1].name
    cut.write_bytes(cut.read_bytes()[:100_000])
    result = verify_bundle(tmp_path / volumes[0].name, today=DAY, regulation=REGULATION)
    assert [problem.kind for problem in result.problems] == [BagProblemKind.MISSING_VOLUME]
    with pytest.raises(BundleError, match="bundle_not_zip"):
        verify_bundle(cut, today=DAY, regulation=REGULATION)


def test_a_volume_of_another_bundle_does_not_stand_in(volumes: tuple[Path, ...], tmp_path: Path) -> None:
    course, facts = large_course(tmp_path)
    other = write(
        tmp_path / "b.zip", course.model_copy(update={"goal": "Басқа"}), attachments=facts, volume_mb=2
    ).volumes
    assert len(other) == len(volumes)
    shutil.copy(volumes[1], other[1])
    result = verify_bundle(other[0], today=DAY, regulation=REGULATION)
    assert [problem.path for problem in result.problems] == [f"2 of {len(volumes)}"]


def test_a_small_bundle_stays_one_file(tmp_path: Path) -> None:
    assert write(tmp_path / "b.zip", SMALL, volume_mb=20).volumes == (tmp_path / "b.zip",)


def test_a_file_too_large_for_any_mail_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    course, facts = large_course(tmp_path)
    big = tmp_path / "materials" / "0.pptx"
    big.write_bytes(hashlib.shake_256(b"x").digest(2_000_000))
    with pytest.raises(BundleError, match="bundle_file_too_large") as caught:
        write(tmp_path / "b.zip", course, attachments=facts, volume_mb=2)
    assert "lecture_01_presentation" in str(caught.value.params["path"])
    for lang, size in ((Lang.KK, r" 2,7 МБ"), (Lang.RU, r" 2,7 МБ"), (Lang.EN, r" 2\.7 MB")):  # 2 MB in Base64 lines
        words = load_texts().get("errors.bundle_file_too_large.cause", lang, **caught.value.params)
        assert re.search(size, words), words
    assert list(tmp_path.glob("*.zip")) == []


@given(st.integers(1, 60), st.integers(0, 90_000_000))
def test_the_largest_file_fits_and_one_line_more_does_not(limit_mb: int, size_bytes: int) -> None:
    """Lines of 76 characters and a line break for each 57 bytes, as RFC 2045 has it."""
    fits = encoded_bytes(size_bytes) + 8192 <= limit_mb * 1_000_000
    assert fits is (size_bytes <= largest_file_bytes(limit_mb))


@pytest.mark.parametrize("stop_at", [1, 12, 24])
def test_stopping_leaves_nothing_behind(tmp_path: Path, stop_at: int) -> None:
    (tmp_path / "files").mkdir()
    course, facts = large_course(tmp_path / "files")
    seen = 0

    def told(_done: int, _total: int) -> None:
        nonlocal seen
        seen += 1
        if seen == stop_at:
            raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        write_bundle(
            course, REGULATION, tmp_path / "out" / "b.zip", generated_on=DAY, draft=True, kind=BundleKind.SUBMISSION,
            reports={}, attachments=facts, course_folder=tmp_path / "files", volume_mb=2, on_progress=told,
        )  # fmt: skip
    assert list((tmp_path / "out").iterdir()) == []


def test_progress_runs_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_bundle(
        SMALL, REGULATION, tmp_path / "b.zip", generated_on=DAY, draft=True, kind=BundleKind.SUBMISSION,
        reports={}, attachments={}, course_folder=tmp_path, on_progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    shares = [done / total for done, total in told]
    assert told[-1][0] == told[-1][1]
    assert all(0 < share <= 1 for share in shares)
    assert len(told) > 20


def test_a_publication_takes_the_signed_copy_and_nothing_private(tmp_path: Path) -> None:
    course, facts = with_papers(tmp_path)
    path = tmp_path / "public.zip"
    write(path, course, kind=BundleKind.PUBLICATION, attachments=facts)
    names = set(contents(path))
    assert names == {
        "README.pdf",
        "documents/form_01.pdf",
        "documents/glossary.pdf",
        "documents/references.pdf",
        "signed/form_02_signed.pdf",
        "materials/lecture_01_lecture_daris-matini.pdf",
    }
    readme = " ".join(pdf_words(contents(path)["README.pdf"]))
    assert "Жетіспейтіні" not in readme
    assert "Жариялауға арналған құжаттар" in readme


def test_a_publication_holds_pdf_files_only(tmp_path: Path) -> None:
    path = tmp_path / "public.zip"
    write(path, SMALL, kind=BundleKind.PUBLICATION)
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
