"""The reviewed course with everything filled in that a form or a paper has a place for."""

from functools import cache
from hashlib import sha256

from app.model.course import Course, CourseLanguage
from app.model.tasks import AnswerKind, Calculation, Question, Variable
from app.model.texts import Lang
from app.model.views import numbered_lessons
from tests.exporters.reviewed_course import reviewed_course

_POINTS = (
    *("F07.1", "F07.1.1", "F07.1.2", "F07.1.3", "F07.2.1", "F07.2.2", "F07.3.1", "F07.3.2", "F07.3.3", "F07.3.4"),
    *("F07.3.5", "F07.3.6", "F07.3.7", "F07.4.1a", "F07.4.1b", *(f"F07.4.{n}" for n in range(2, 9))),
)
_OTHER_KINDS = (
    Question(
        id="o1",
        kind=AnswerKind.CHOICE_MULTI,
        stem="Төмендегілердің қайсысы биологиялық қауіпті фактор болады?",
        options=("Listeria monocytogenes", "Шыны сынығы", "Норовирус", "Қорғасын"),
        correct=(0, 2),
    ),
    Question(id="o2", kind=AnswerKind.BINARY, stem="Мұздату бактериялардың барлығын өлтіреді.", correct=(1,)),
    Question(
        id="o3", kind=AnswerKind.SHORT_TEXT, stem="НАССР жүйесінің неше қағидаты бар?", answers=("жеті", "7")
    ),
    Question(
        id="o4",
        kind=AnswerKind.MATCHING,
        stem="Қауіпті факторды түрімен сәйкестендіріңіз.",
        options=("сальмонелла", "пестицид қалдығы"),
        answers=("биологиялық", "химиялық", "физикалық"),
    ),
    Question(
        id="o5",
        kind=AnswerKind.NUMBER,
        stem="Тағамның {m} килограмын {t} минутта салқындатқанда орташа жылдамдық қандай?",
        calculation=Calculation(
            variables=(
                Variable(id="v1", name="m", minimum=2, maximum=20),
                Variable(id="v2", name="t", minimum=10, maximum=50, step=5),
            ),
            formula="m / t",
            tolerance=0.01,
            decimals=2,
            unit="кг/мин",
        ),
    ),
    Question(id="o6", kind=AnswerKind.FREE_FORM, stem="Өз өніміңіздің бір сыни бақылау нүктесін негіздеңіз."),
)  # fmt: skip


@cache
def golden_course(lang: Lang = Lang.KK) -> Course:
    """Return the course; ``lang`` is the language that it says it is taught in, its own texts stay Kazakh."""
    course = reviewed_course()
    lessons = [lesson for _, _, lesson in numbered_lessons(course)]
    said = {
        **course.sessions[0].model_dump(),
        "checklist": dict.fromkeys(_POINTS, True) | {"F07.1.2": False},
        "recording_ids": ["v1", "v2"],
    }
    changes = {
        "language": CourseLanguage(lang.value),
        "recordings": [
            *(_recording(f"v{n}", "lecture", lesson.id) for n, lesson in enumerate(lessons, start=1)),
            _recording("promo", "promo", None),
            _recording("closing", "closing", None),
        ],
        "sessions": [said],
        "promo": {
            **course.promo.model_dump(),
            "checklist": {"features": True, "difficulties": True, "skills": True, "benefit": True},
        },
        "approval": {"year": 2027, "minutes_no": "4", "approved_on": "2026-11-27"},
        "documents": [
            _signed("form_02", "02.pdf", ["Үлгібекова Раушан Маратқызы"]),
            _signed("glossary", "glossary.pdf", ["Дастарханова Әсем Нұрланқызы"]),
            _signed("references", "references.pdf", ["Дастарханова Әсем Нұрланқызы"]),
        ],
        "submissions": [{"id": "s1", "to": "mooc@atu.edu.kz", "sent_on": "2027-01-10"}],
        "prelaunch_check": {
            **course.prelaunch_check.model_dump(),
            "items": [_checked(n, f"{n}-дәрістің бейнежазбасы") for n in range(1, 4)],
        },
        "test_bank": [*(q.model_dump() for q in course.test_bank), *(q.model_dump() for q in _OTHER_KINDS)],
    }
    return Course.model_validate_json(Course.model_validate({**course.model_dump(), **changes}).model_dump_json())


def _recording(name: str, role: str, lesson_id: str | None) -> dict[str, object]:
    return {
        "id": name,
        "role": role,
        "lesson_id": lesson_id,
        "path": f"recordings/{name}.mp4",
        "url": f"https://example.org/mooc/{name}.mp4",
        "sha256": sha256(name.encode()).hexdigest(),
    }


def _signed(kind: str, name: str, people: list[str]) -> dict[str, object]:
    return {
        "id": f"d-{kind}",
        "kind": kind,
        "file": {"path": f"materials/{name}"},
        "signed_by": people,
        "dated_on": "2026-11-30",
        "stamped": kind == "form_02",
    }


def _checked(number: int, title: str) -> dict[str, object]:
    asked = ("quality", "copyright", "accessibility", "functional", "accuracy", "grammar")
    return {"id": f"p{number}", "title": title, **dict.fromkeys(asked, True)}
