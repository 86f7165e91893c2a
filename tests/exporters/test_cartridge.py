"""The cartridge: what the CC 1.1 profile and the platform's importer ask for (knowledge of Moodle 4.5)."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from app.exporters.packages.cartridge import Cartridge, Item, write_cartridge
from app.exporters.packages.cartridge_qti import assessment, obstacles, question_bank
from app.exporters.packages.course_cartridge import course_cartridge
from app.model.attachment import AttachmentFacts
from app.model.course import Course
from app.model.people import FileRef
from app.model.recording import Recording, RecordingRole, Stage
from app.model.structure import SelfStudyItem
from app.model.tasks import AnswerKind, Question
from app.sample import sample_course
from app.storage.regulation_file import load_regulation
from tests.exporters.content_models import MANIFEST, QTI, TOPIC, WEB_LINK, checked, profile_faults

REGULATION = load_regulation()
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
ASI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
BANK = "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"
HOSTILE = "</mattext><script>x</script>&e; ]]> \"'\x00\x1b {{ 7*7 }} \u202e |>>>>>"


def made(
    course: Course, tmp_path: Path, attachments: Mapping[str, AttachmentFacts] | None = None
) -> tuple[dict[str, bytes], etree._Element]:
    """Write a cartridge; return its files and the root of its manifest, which fits the content model."""
    cartridge, _ = course_cartridge(
        course,
        REGULATION,
        generated_on=date(2026, 11, 26),
        attachments=attachments or {},
        course_folder=tmp_path,
    )
    path = tmp_path / "course.imscc"
    write_cartridge(path, cartridge)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
        assert len(files) == len(archive.namelist())
    return files, checked(files["imsmanifest.xml"], MANIFEST)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], etree._Element]:
    return made(sample_course(), tmp_path_factory.mktemp("cc"))


def resources(manifest: etree._Element) -> dict[str, etree._Element]:
    return {node.get("identifier", ""): node for node in manifest.iter(f"{CP}resource")}


def sections(manifest: etree._Element) -> list[etree._Element]:
    [root] = manifest.findall(f"{CP}organizations/{CP}organization/{CP}item")
    assert root.find(f"{CP}title") is None, "the root item has no title"
    return list(root.findall(f"{CP}item"))


def title(item: etree._Element) -> str:
    return item.findtext(f"{CP}title") or ""


def test_the_importer_recognises_it_by_its_first_kilobyte(sample: tuple[dict[str, bytes], etree._Element]) -> None:
    files, manifest = sample
    assert b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' in files["imsmanifest.xml"][:1024]
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "IMS Common Cartridge"
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.1.0"
    assert sample_course().title in "".join(manifest.find(f"{CP}metadata").itertext())
    assert b"authorizations" not in files["imsmanifest.xml"]


def test_every_week_is_a_section_with_its_lectures(sample: tuple[dict[str, bytes], etree._Element]) -> None:
    _, manifest = sample
    about, *weeks, ending = sections(manifest)
    assert title(about) == "Курс туралы"
    assert title(ending) == "Қорытынды бақылау"
    modules = sample_course().modules
    assert len(weeks) == len(modules) == 5
    number = 0
    for week, module in zip(weeks, modules, strict=True):
        assert title(week).endswith(module.title)
        titles = [title(item) for item in week.findall(f"{CP}item")]
        for lesson in module.lessons:
            number += 1
            assert f"Дәріс {number}. {lesson.title}" in titles
        assert module.forum[0].topic in titles


def test_files_and_manifest_agree(sample: tuple[dict[str, bytes], etree._Element]) -> None:
    files, manifest = sample
    listed = [node.get("href", "") for node in manifest.iter(f"{CP}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(files)
    assert all(path.isascii() and "," not in path and " " not in path for path in files)
    for resource in resources(manifest).values():
        [file] = resource.findall(f"{CP}file")
        wanted = file.get("href") if resource.get("type") == "webcontent" else None
        assert resource.get("href") == wanted, "only web content names its own file"


def test_an_item_with_a_resource_has_no_children_and_none_names_the_bank(
    sample: tuple[dict[str, bytes], etree._Element],
) -> None:
    _, manifest = sample
    known = resources(manifest)
    named = set()
    [root] = manifest.findall(f"{CP}organizations/{CP}organization/{CP}item")
    for item in manifest.iter(f"{CP}item"):
        assert (item.find(f"{CP}title") is None) is (item is root), "the root alone has no title"
        reference = item.get("identifierref")
        if reference is not None:
            named.add(reference)
            assert item.find(f"{CP}item") is None
    banks = {ident for ident, resource in known.items() if resource.get("type") == BANK}
    assert len(banks) == 1
    assert known.keys() - named == banks


def test_every_file_fits_its_content_model(sample: tuple[dict[str, bytes], etree._Element]) -> None:
    files, manifest = sample
    models = {ASSESSMENT: QTI, BANK: QTI, "imswl_xmlv1p1": WEB_LINK, "imsdt_xmlv1p1": TOPIC}
    seen = set()
    for resource in resources(manifest).values():
        kind = resource.get("type", "")
        seen.add(kind)
        data = files[resource.find(f"{CP}file").get("href")]
        if kind in models:
            root = checked(data, models[kind])
            assert profile_faults(root) == []
            if kind == "imswl_xmlv1p1":  # the schema's type is a string without line breaks and tabs
                assert not set("\n\r\t") & set(root.findtext("{*}title") or "")
        else:
            etree.parse(io.BytesIO(data), etree.HTMLParser(recover=False))
    assert seen == {*models, "webcontent"}


def test_bank_and_tests_hold_the_questions_of_the_course(sample: tuple[dict[str, bytes], etree._Element]) -> None:
    files, manifest = sample
    course = sample_course()
    tests = [task for task in course.tasks if any(task.id in question.task_ids for question in course.test_bank)]
    by_kind: dict[str, list[bytes]] = {}
    for resource in resources(manifest).values():
        by_kind.setdefault(resource.get("type", ""), []).append(files[resource.find(f"{CP}file").get("href")])
    [bank] = by_kind[BANK]
    assert len(checked(bank, QTI).findall(f"{ASI}objectbank/{ASI}item")) == 120
    found = {}
    for data in by_kind[ASSESSMENT]:
        test = checked(data, QTI).find(f"{ASI}assessment")
        found[test.get("title")] = len(test.findall(f"{ASI}section/{ASI}item"))
    assert found == {task.title: sum(task.id in q.task_ids for q in course.test_bank) for task in tests}


def key(item: etree._Element) -> list[str]:
    """Return the texts that an importer takes for the right answers of a choice."""
    texts = {
        label.get("ident"): label.findtext(f"{ASI}material/{ASI}mattext") for label in item.iter(f"{ASI}response_label")
    }
    condition = item.find(f"{ASI}resprocessing/{ASI}respcondition")
    assert condition.findtext(f"{ASI}setvar") == "100"
    variables = condition.find(f"{ASI}conditionvar")
    right = variables.findall(f"{ASI}varequal") + variables.findall(f"{ASI}and/{ASI}varequal")
    return [texts.get(node.text, node.text) for node in right]


def test_kinds_of_questions_have_their_profile_and_key() -> None:
    questions = [
        Question(id="one", stem="2 < 3?", options=("a", "b", "c"), correct=(1,)),
        Question(id="many", kind=AnswerKind.CHOICE_MULTI, stem="?? ", options=("a", "b", "c"), correct=(0, 2)),
        Question(id="yes", kind=AnswerKind.BINARY, stem="Ия ма?", correct=(1,)),
        Question(id="word", kind=AnswerKind.SHORT_TEXT, stem="Қала?", answers=("Алматы", "Almaty")),
        Question(id="essay", kind=AnswerKind.FREE_FORM, stem="Жазыңыз"),
    ]
    assert obstacles(questions) == ()
    root = checked(assessment("A1", "Тест", questions), QTI)
    items = {item.get("ident"): item for item in root.iter(f"{ASI}item")}
    profiles = {ident: item.findtext(f".//{ASI}fieldentry") for ident, item in items.items()}
    assert profiles == {
        "Q_one": "cc.multiple_choice.v0p1",
        "Q_many": "cc.multiple_response.v0p1",
        "Q_yes": "cc.true_false.v0p1",
        "Q_word": "cc.fib.v0p1",
        "Q_essay": "cc.essay.v0p1",
    }
    assert {ident: key(items[f"Q_{ident}"]) for ident in ("one", "many", "yes", "word")} == {
        "one": ["b"],
        "many": ["a", "c"],
        "yes": ["False"],
        "word": ["Алматы", "Almaty"],
    }
    cardinality = {ident: items[f"Q_{ident}"].find(f".//{ASI}response_lid") for ident in ("one", "many", "yes")}
    assert [node.get("rcardinality") for node in cardinality.values()] == ["Single", "Multiple", "Single"]
    # HTML in XML: what the page shows is the text to the letter.
    assert items["Q_one"].findtext(f".//{ASI}mattext") == "2 &lt; 3?"
    entries = [node.text for node in items["Q_essay"].iter(f"{ASI}fieldentry", f"{ASI}fieldlabel")]
    assert entries[2:] == ["qmd_computerscored", "No"]
    bank = checked(question_bank("B", questions), QTI)
    assert len(bank.findall(f"{ASI}objectbank/{ASI}item")) == 5
    assert profile_faults(root) == profile_faults(bank) == []


def test_what_the_profile_forbids_is_seen() -> None:
    one = Question(id="one", stem="?", options=("a", "b", "c"), correct=(1,))
    root = checked(assessment("A1", "Тест", [one, one.model_copy(update={"id": "two"})]), QTI)
    first, second = root.iter(f"{ASI}item")
    second.set("ident", "Q_one")
    first.find(f".//{ASI}response_lid").set("rcardinality", "Multiple")
    first.find(f".//{ASI}varequal").text = "O9"
    second.find(f".//{ASI}varequal").set("respident", "X")
    choice = second.find(f".//{ASI}render_choice")
    choice.remove(choice[0])
    root.find(f".//{ASI}qtimetadata//{ASI}fieldentry").text = "cc.exam"
    assert profile_faults(root) == [
        "field cc_profile of a test",
        "two items with one name",
        "Q_one: cardinality",
        "Q_one: the key names no option",
        "Q_one: number of options",
        "Q_one: the key belongs to no answer",
    ]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(id="q", stem="?", options=("a", "b"), correct=(0,)), "kind_not_carried"),
        (Question(id="q", stem="?", options=("a", "b", "c")), "no_right_answer"),
        (Question(id="q", stem=" ", options=("a", "b", "c"), correct=(0,)), "missing_stem"),
        (Question(id="q", kind=AnswerKind.NUMBER, stem="?", answers=("5",)), "kind_not_carried"),
        (
            Question(id="q", kind=AnswerKind.MATCHING, stem="?", options=("a", "b"), answers=("1", "2")),
            "kind_not_carried",
        ),
    ],
)
def test_what_the_profile_cannot_hold_is_named(question: Question, code: str) -> None:
    assert code in [problem.code for problem in obstacles([question])]


def test_files_of_the_course_come_with_it_once(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    (tmp_path / "materials" / "Дәріс, 1.pdf").write_bytes(b"%PDF-1.4")
    file = FileRef(path="materials/Дәріс, 1.pdf")
    gone = FileRef(path="materials/gone.pptx")
    course = sample_course()
    first, *others = course.modules
    study = tuple(SelfStudyItem(id=f"s{number}", title="Дәріс мәтіні", file=file) for number in (1, 2))
    lesson = first.lessons[0].model_copy(update={"self_study": study, "presentation": gone})
    first = first.model_copy(update={"lessons": (lesson, *first.lessons[1:])})
    facts = {
        file.path: AttachmentFacts(path=file.path, exists=True),
        gone.path: AttachmentFacts(path=gone.path),
    }
    files, manifest = made(course.model_copy(update={"modules": (first, *others)}), tmp_path, facts)
    taken = [path for path, data in files.items() if data == b"%PDF-1.4"]
    [path] = taken
    assert re.fullmatch(r"files/[a-z0-9-]+\.pdf", path)
    [ident] = [ident for ident, node in resources(manifest).items() if node.get("href") == path]
    places = [item for item in manifest.iter(f"{CP}item") if item.get("identifierref") == ident]
    assert [title(item) for item in places] == ["Дәріс мәтіні", "Дәріс мәтіні"]
    assert not any(name.endswith(".pptx") for name in files)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://video.atu.kz/1?a=1&b=2", True),
        ("http://example.org/Дәріс 1", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_recordings_are_links_to_the_web_alone(tmp_path: Path, url: str, linked: bool) -> None:
    lesson = sample_course().modules[0].lessons[0]
    recording = Recording(id="r1", title="Бейне", role=RecordingRole.LECTURE, lesson_id=lesson.id, url=url)
    source = recording.model_copy(update={"id": "r2", "stage": Stage.SOURCE, "title": "Түпнұсқа"})
    files, manifest = made(sample_course().model_copy(update={"recordings": (recording, source)}), tmp_path)
    titles = [title(item) for item in manifest.iter(f"{CP}item")]
    assert ("Бейне" in titles) is linked
    assert "Түпнұсқа" not in titles, "the source from the camera is not for learners"
    if linked:
        [data] = [data for path, data in files.items() if path.startswith("links/") and "Бейне".encode() in data]
        address = checked(data, WEB_LINK).find("{*}url").get("href")
        assert address.isascii()
        assert " " not in address


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    course = sample_course()
    question = Question(id="q", stem=HOSTILE, options=(HOSTILE, "b", "c"), correct=(0,), task_ids=("t-l1",))
    module = course.modules[0].model_copy(update={"title": HOSTILE, "annotation": HOSTILE})
    changed = course.model_copy(
        update={"title": HOSTILE, "goal": HOSTILE, "modules": (module,), "test_bank": (question,)}
    )
    files, manifest = made(changed, tmp_path)
    for resource in resources(manifest).values():
        kind, data = resource.get("type", ""), files[resource.find(f"{CP}file").get("href")]
        if kind in (ASSESSMENT, BANK):
            checked(data, QTI)
        assert b"<script" not in data
        assert b"\x00" not in data


def test_an_empty_course_is_a_cartridge_too(tmp_path: Path) -> None:
    files, manifest = made(Course(), tmp_path)
    assert len(sections(manifest)) == 1
    assert resources(manifest) == {} or all(node.get("type") == "webcontent" for node in resources(manifest).values())
    assert "imsmanifest.xml" in files


def test_the_same_course_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made(sample_course(), tmp_path / name)
    assert (tmp_path / "a" / "course.imscc").read_bytes() == (tmp_path / "b" / "course.imscc").read_bytes()


def test_a_tree_without_files_has_no_resources(tmp_path: Path) -> None:
    path = tmp_path / "x.imscc"
    write_cartridge(path, Cartridge("T", "en", "", (Item("", items=(Item("a\nb"),)),)))
    with zipfile.ZipFile(path) as archive:
        root = checked(archive.read("imsmanifest.xml"), MANIFEST)
    assert [node.text for node in root.iter(f"{CP}title")] == ["–", "a b"]
