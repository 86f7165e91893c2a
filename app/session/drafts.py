"""Ready texts drawn from the course's own data: weekly messages, questionnaires, the word on certificates.

A draft is a beginning that the author reads and changes. It says only what the course says.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from app.checks.deadlines import day_text, due_day
from app.model.base import new_id
from app.model.course import Course
from app.model.regulation import Regulation, number_text
from app.model.structure import ForumTopic, Module
from app.model.teaching import Survey, SurveyQuestion, SurveyTopic, SurveyWhen
from app.model.texts import Lang, Texts
from app.model.views import lesson_tasks, module_end_tasks, text_length
from app.session.edit import get_value, set_value

QUESTIONS = {SurveyWhen.ENTRY: 8, SurveyWhen.EXIT: 10}
"""Ready-made questions of each questionnaire; 12.10.1b allows fifteen."""
_OPTIONS = {"agree", "know", "yes_no"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One ready text.

    Attributes:
        path: element path of the text; of a questionnaire ``surveys/<entry|exit>``, of a forum topic its list.
        before: what stands there now, empty where nothing does.
        after: the draft as text, for the eye.
        make: puts it into a course.
    """

    path: str
    before: str
    after: str
    make: Callable[[Course], Course]


def drafts(course: Course, regulation: Regulation, texts: Texts) -> tuple[Draft, ...]:
    """Return all drafts in the course's language; those of texts that are there too, for comparison."""
    return tuple(_drafts(course, regulation, texts))


def apply_drafts(course: Course, chosen: Collection[Draft]) -> Course:
    """Put drafts into the course; an element that was removed meanwhile is left out."""
    for draft in chosen:
        try:
            course = draft.make(course)
        except KeyError:
            continue
    return course


def _drafts(course: Course, regulation: Regulation, texts: Texts) -> Iterator[Draft]:
    lang = Lang(course.language) if course.language else Lang.KK
    for number, module in enumerate(course.modules, start=1):
        yield _text_draft(
            course,
            f"modules/{module.id}/weekly_message/text",
            weekly_message(course, number, module, regulation, texts),
        )
    for module in course.modules:
        if not module.forum:
            topic = texts.get("drafts.forum.topic", lang, title=module.title.strip())
            prompt = texts.get("drafts.forum.prompt", lang, title=module.title.strip())
            yield _forum_draft(f"modules/{module.id}/forum", topic, prompt)
    for when in SurveyWhen:
        yield _survey_draft(course, when, texts, lang)
    threshold = course.assessment.certificate_from_pct
    if threshold is not None:
        words = texts.get("drafts.certificate", lang, pct=number_text(threshold, lang))
        yield _text_draft(course, "assessment/certificate_info", words)


def _text_draft(course: Course, path: str, after: str) -> Draft:
    return Draft(path, get_value(course, path), after, lambda changed: set_value(changed, path, after))


def weekly_message(course: Course, number: int, module: Module, regulation: Regulation, texts: Texts) -> str:
    """Return a message for the start of a week, as near to the limit of 11.2 as the course's own words allow.

    Sentences are added in order of use until the least length is reached; one that would make it too long is left out.
    """
    lang = Lang(course.language) if course.language else Lang.KK
    limit = regulation.limits["weekly_message_chars"]
    least, most = int(limit.min or 0), int(limit.max or 10_000)
    message = texts.get("drafts.week.greeting", lang, n=number, title=module.title.strip())
    ends = texts.get("drafts.week.end", lang)
    for sentence in _sentences(course, module, texts, lang):
        longer = f"{message} {sentence}"
        if text_length(f"{longer} {ends}") <= most:
            message = longer
        if text_length(f"{message} {ends}") >= least + 40:
            break
    return f"{message} {ends}"


def _sentences(course: Course, module: Module, texts: Texts, lang: Lang) -> Iterator[str]:
    """Yield what can be said of a week, the most useful first; the general sentences at the end fill a short one."""
    titles = [lesson.title.strip() for lesson in module.lessons if lesson.title.strip()]
    if titles:
        yield texts.get("drafts.week.lectures", lang, titles="; ".join(titles))
    tasks = [task for lesson in module.lessons for task in lesson_tasks(course, lesson)]
    closing = module_end_tasks(course, module)
    if named := [task.title.strip() for task in closing if task.title.strip()]:
        yield texts.get("drafts.week.tasks", lang, titles="; ".join(named))
    days = [day for task in (*tasks, *closing) if (day := due_day(course, task)) is not None]
    if days:
        yield texts.get("drafts.week.due", lang, day=day_text(max(days)))
    if topics := [topic.topic.strip() for topic in module.forum if topic.topic.strip()]:
        yield texts.get("drafts.week.forum", lang, topic=topics[0])
    if titles and len("; ".join(titles)) > 250:
        yield texts.get("drafts.week.lecture_count", lang, n=len(titles), first=titles[0])
    for key in ("order", "check", "questions", "pace", "discuss"):
        yield texts.get(f"drafts.week.{key}", lang)


def _forum_draft(path: str, topic: str, prompt: str) -> Draft:
    def make(course: Course) -> Course:
        present: tuple[ForumTopic, ...] = get_value(course, path)
        return set_value(course, path, (*present, ForumTopic(id=new_id("f"), topic=topic, prompt=prompt)))

    return Draft(path, "", f"{topic}. {prompt}", make)


def ready_survey(when: SurveyWhen, texts: Texts, lang: Lang) -> Survey:
    """Return a questionnaire with ready-made questions about content, design and proposals (12.10.1c)."""
    questions = []
    for number in range(1, QUESTIONS[when] + 1):
        stem = f"drafts.survey.{when.value}.{number}"
        topic, _, options = texts.get(f"{stem}.kind", Lang.EN).partition("/")
        offered = texts.get(f"drafts.survey.options.{options}", lang).split(" | ") if options in _OPTIONS else ()
        questions.append(
            SurveyQuestion(
                id=new_id("sq"),
                text=texts.get(f"{stem}.text", lang),
                topic=SurveyTopic(topic),
                options=tuple(offered),
            )
        )
    return Survey(id=new_id("sv"), when=when, questions=tuple(questions))


def _survey_draft(course: Course, when: SurveyWhen, texts: Texts, lang: Lang) -> Draft:
    ready = ready_survey(when, texts, lang)
    old = next((survey for survey in course.surveys if survey.when is when), None)
    before = "; ".join(question.text for question in old.questions) if old is not None else ""

    def make(changed: Course) -> Course:
        if old is None:
            return changed.model_copy(update={"surveys": (*changed.surveys, ready)})
        return set_value(changed, f"surveys/{old.id}/questions", ready.questions)

    path = f"surveys/{old.id}/questions" if old is not None else f"surveys/{when.value}"
    return Draft(path, before, "; ".join(question.text for question in ready.questions), make)
