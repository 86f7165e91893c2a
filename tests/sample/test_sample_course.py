"""What tests and case files may rely on: ids, counts and weights of the sample course."""

import json
import re
from collections import Counter
from datetime import timedelta

import pytest

from app.model.course import Course
from app.model.recording import Recording
from app.model.structure import BlockKind, OutcomeScope, SelfStudyKind
from app.model.tasks import Placement, Protection, Task, TaskKind, TaskRole, TaskType
from app.model.teaching import ReferenceScope, SurveyTopic, SurveyWhen
from app.model.views import (
    course_effort_min,
    course_final_controls,
    item_count,
    module_end_tasks,
    module_final_controls,
    module_questions,
    numbered_lessons,
    text_length,
    week_effort_min,
)
from app.paths import resources_dir
from app.sample import sample_course

KAZAKH_LETTER = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
OPTION_LINE = re.compile(r"^\s*(?:[A-EАВСЕ][.)]|ANSWER)", re.IGNORECASE)


@pytest.fixture(name="course", scope="module")
def fixture_course() -> Course:
    return sample_course()


def _task(course: Course, task_id: str) -> Task:
    return next(task for task in course.tasks if task.id == task_id)


def _ids(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["id"]] if "id" in node else []
        return own + [found for value in node.values() for found in _ids(value)]
    if isinstance(node, list):
        return [found for value in node for found in _ids(value)]
    return []


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [found for value in node.values() for found in _texts(value)]
    if isinstance(node, list):
        return [found for value in node for found in _texts(value)]
    return [node] if isinstance(node, str) else []


def test_the_file_is_the_course_and_nothing_else(course: Course) -> None:
    text = (resources_dir() / "sample" / "course.json").read_text(encoding="utf-8")
    assert json.loads(text) == course.model_dump(mode="json", exclude_defaults=True)
    assert "\\u" not in text


def test_it_is_read_once() -> None:
    assert sample_course() is sample_course()


def test_ids_are_unique(course: Course) -> None:
    counts = Counter(_ids(course.model_dump(mode="json")))
    assert [found for found, count in counts.items() if count > 1] == []


def test_fixed_ids_of_the_structure(course: Course) -> None:
    assert [author.id for author in course.authors] == ["a1", "a2"]
    assert [module.id for module in course.modules] == [f"m{n}" for n in range(1, 6)]
    assert [forum.id for module in course.modules for forum in module.forum] == [f"f{n}" for n in range(1, 6)]
    placed = [(number, module.id, lesson.id) for number, module, lesson in numbered_lessons(course)]
    assert placed == [(n, f"m{(n + 2) // 3}", f"l{n}") for n in range(1, 16)]
    for n, _, lesson in numbered_lessons(course):
        kinds = (BlockKind.VIDEO, BlockKind.READING, BlockKind.ASSESSMENT)
        assert [(block.id, block.kind) for block in lesson.blocks] == [(f"l{n}-{kind}", kind) for kind in kinds]


def test_fixed_ids_of_the_outcomes(course: Course) -> None:
    expected: list[tuple[str, OutcomeScope, str | None, str | None]] = []
    for k in range(1, 6):
        expected.append((f"oc{k}", OutcomeScope.COURSE, None, None))
        expected += [(f"o{k}-{i}", OutcomeScope.MODULE, f"m{k}", f"oc{k}") for i in range(1, 5)]
    found = [(o.id, o.scope, o.module_id, o.parent_id) for o in course.outcomes]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert all(outcome.text and outcome.competence and outcome.kind for outcome in course.outcomes)


def test_outcomes_of_the_lessons(course: Course) -> None:
    for module_number, module in enumerate(course.modules, 1):
        first, second, third = (lesson.outcome_ids for lesson in module.lessons)
        assert first == (f"o{module_number}-1",)
        assert second == (f"o{module_number}-2", f"o{module_number}-3")
        assert third == (f"o{module_number}-4",)


def test_every_outcome_is_taught_and_tested(course: Course) -> None:
    taught = {outcome for _, _, lesson in numbered_lessons(course) for outcome in lesson.outcome_ids}
    asked = {outcome for question in course.test_bank for outcome in question.outcome_ids}
    tested = {outcome for task in course.tasks if task.weight_pct > 0 for outcome in task.outcome_ids}
    of_modules = {outcome.id for outcome in course.outcomes if outcome.scope is OutcomeScope.MODULE}
    assert taught == of_modules == asked
    assert tested == {outcome.id for outcome in course.outcomes}


def test_tasks_are_those_of_the_plan(course: Course) -> None:
    expected = {f"t-l{n}" for n in range(1, 16)} | {f"t-{kind}{n}" for kind in "pf" for n in range(1, 6)} | {"t-final"}
    assert {task.id for task in course.tasks} == expected
    for n in range(1, 16):
        task = _task(course, f"t-l{n}")
        assert (task.role, task.placement, task.target_id) == (TaskRole.FORMATIVE, Placement.LESSON, f"l{n}")
        assert (task.kind, task.type, task.weight_pct) == (TaskKind.TEST, TaskType.AUTO_CHECKED_SET, 1)
        assert (item_count(course, task), task.count) == (8, 8)
    for n, module in enumerate(course.modules, 1):
        assert [task.id for task in module_end_tasks(course, module)] == [f"t-p{n}", f"t-f{n}"]
        practical, control = module_end_tasks(course, module)
        assert (practical.role, practical.kind, practical.weight_pct) == (TaskRole.FORMATIVE, TaskKind.PRACTICAL, 6)
        assert (practical.type, practical.protection) == (TaskType.PEER_ASSESSED, Protection.OPEN_UNIQUE)
        assert (control.kind, control.type, control.weight_pct) == (TaskKind.TEST, TaskType.AUTO_CHECKED_SET, 5)
        assert module_final_controls(course, module) == (control,)
        assert (item_count(course, control), control.count) == (12, 12)
    (final,) = course_final_controls(course)
    assert (final.id, final.kind, final.type) == ("t-final", TaskKind.PROJECT, TaskType.PEER_ASSESSED)
    assert (final.weight_pct, final.protection, final.target_id) == (30, Protection.OPEN_UNIQUE, None)


def test_weights_sum_to_100_and_60_of_them_are_protected(course: Course) -> None:
    assert sum(task.weight_pct for task in course.tasks) == 100
    assert sum(task.weight_pct for task in course.tasks if task.protection is not Protection.NONE) == 60


def test_every_task_can_be_done_and_judged(course: Course) -> None:
    start, end = course.schedule.start, course.schedule.end
    assert start is not None
    assert end is not None
    opens = {module.id: module.opens_on for module in course.modules}
    opens |= {lesson.id: module.opens_on for _, module, lesson in numbered_lessons(course)}
    for task in course.tasks:
        assert task.title
        assert text_length(task.instruction) >= 100, task.id
        opened = opens[task.target_id] if task.target_id else start
        assert opened is not None
        due = task.deadline or opened + timedelta(days=task.deadline_days or 0)
        assert opened < due <= end, task.id
        if task.type is TaskType.PEER_ASSESSED:
            assert task.anonymous
            assert task.aggregation
            assert task.identical_answer_check
            assert len(task.criteria) >= 4
            assert all(criterion.text and criterion.points > 0 for criterion in task.criteria)


def test_task_minutes_fit_the_planned_effort(course: Course) -> None:
    for module in course.modules:
        practical, control = module_end_tasks(course, module)
        assert practical.minutes <= module.effort.tasks_min
        assert control.minutes <= module.effort.assessment_min
        for lesson in module.lessons:
            assert (lesson.video.planned_min or 0) + _task(course, f"t-{lesson.id}").minutes <= lesson.planned_min
    planned = sum(module.effort.tasks_min for module in course.modules)
    outside_tests = [task.minutes for task in course.tasks if task.type is TaskType.PEER_ASSESSED]
    assert sum(outside_tests) <= planned


def test_weeks_have_230_minutes_and_54_of_video(course: Course) -> None:
    for module in course.modules:
        assert week_effort_min(module) == 230
        assert sum(lesson.video.planned_min or 0 for lesson in module.lessons) == 54
        assert {lesson.planned_min for lesson in module.lessons} == {30}
    assert course_effort_min(course) == 1150


def test_weekly_messages_have_400_to_600_characters(course: Course) -> None:
    for module in course.modules:
        assert 400 <= text_length(module.weekly_message.text) <= 600, module.id
        assert module.weekly_message.send_on == module.opens_on


def test_title_and_annotation_keep_their_limits(course: Course) -> None:
    assert 1 <= text_length(course.title) <= 150
    assert 1 <= text_length(course.annotation) <= 100
    assert course.annotation.endswith(".")
    assert course.annotation.count(".") == 1


def test_lessons_are_complete(course: Course) -> None:
    elements: Counter[str] = Counter()
    kinds_of_module: dict[str, set[SelfStudyKind]] = {module.id: set() for module in course.modules}
    for _, module, lesson in numbered_lessons(course):
        assert lesson.title
        assert lesson.annotation
        assert lesson.video.annotation
        assert len(lesson.questions) == 3
        elements.update(name for name, there in lesson.video.elements.model_dump().items() if there)
        kinds_of_module[module.id] |= {item.kind for item in lesson.self_study}
        links = [item for item in lesson.self_study if item.kind is SelfStudyKind.LINK]
        assert links
        assert all(item.url.startswith("https://") for item in links)
        if lesson.video.format in {"podcast", "interview"}:
            assert (lesson.video.camera_count or 0) >= 2
    assert set(elements) == {"picture_sequence", "photo", "animation", "infographic"}
    assert all(kinds == set(SelfStudyKind) for kinds in kinds_of_module.values())


def test_test_bank_follows_the_lessons(course: Course) -> None:
    assert [question.id for question in course.test_bank] == [f"q{n:03d}" for n in range(1, 121)]
    outcomes = {lesson.id: set(lesson.outcome_ids) for _, _, lesson in numbered_lessons(course)}
    for index, question in enumerate(course.test_bank):
        lesson = index // 8 + 1
        own = (f"t-l{lesson}",) if index % 2 == 0 else (f"t-l{lesson}", f"t-f{(lesson + 2) // 3}")
        assert (question.lesson_id, question.task_ids) == (f"l{lesson}", own)
        assert question.outcome_ids
        assert set(question.outcome_ids) <= outcomes[f"l{lesson}"]
    assert all(len(module_questions(course, module)) == 24 for module in course.modules)


def test_questions_fit_form_05(course: Course) -> None:
    for question in course.test_bank:
        assert len(question.options) == 5, question.id
        assert len({" ".join(option.casefold().split()) for option in question.options}) == 5, question.id
        assert len(question.correct) == 1
        assert 0 <= question.correct[0] < 5
        for text in (question.stem, *question.options):
            assert text == text.strip() != "", question.id
            assert len(text.splitlines()) == 1, question.id
            assert not OPTION_LINE.match(text), question.id


def test_no_stem_occurs_twice(course: Course) -> None:
    stems = Counter(re.sub(r"\W+", " ", question.stem.casefold()).strip() for question in course.test_bank)
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_keys_are_balanced_and_without_a_pattern(course: Course) -> None:
    keys = [question.correct[0] for question in course.test_bank]
    assert all(0.15 * 120 <= count <= 0.35 * 120 for count in Counter(keys).values())
    assert set(keys) == {0, 1, 2, 3, 4}
    assert not any(a == b == c for a, b, c in zip(keys, keys[1:], keys[2:], strict=False))
    for period in range(1, 11):
        same = sum(a == b for a, b in zip(keys, keys[period:], strict=False))
        assert same < 0.4 * (120 - period), f"the keys repeat every {period}"


def test_the_right_option_is_not_the_long_one(course: Course) -> None:
    longest = sum(
        all(len(q.options[q.correct[0]]) > len(o) for i, o in enumerate(q.options) if i != q.correct[0])
        for q in course.test_bank
    )
    assert longest <= 0.35 * 120


def test_references_between_elements_resolve(course: Course) -> None:
    lessons: set[str | None] = {lesson.id for _, _, lesson in numbered_lessons(course)}
    modules: set[str | None] = {module.id for module in course.modules}
    nowhere: set[str | None] = {None}
    outcomes = {outcome.id for outcome in course.outcomes}
    tasks = {task.id for task in course.tasks}
    sources = {reference.id for reference in course.references}
    for task in course.tasks:
        targets = {Placement.LESSON: lessons, Placement.MODULE_END: modules, Placement.COURSE_END: nowhere}
        assert task.target_id in targets[task.placement]
        assert set(task.outcome_ids) <= outcomes
    for question in course.test_bank:
        assert set(question.task_ids) <= tasks
        assert question.reference_id is None or question.reference_id in sources
    for reference in course.references:
        targets_of = {ReferenceScope.LESSON: lessons, ReferenceScope.MODULE: modules, ReferenceScope.COURSE: nowhere}
        assert reference.target_id in targets_of[reference.scope]


def test_assessment_is_complete(course: Course) -> None:
    empty = [name for name, value in course.assessment.model_dump().items() if value == "" or value == ()]
    assert empty == []
    assert [row.points for row in course.assessment.rubric] == [5, 4, 3, 2, 1, 0]
    bands = [(band.from_pct, band.to_pct, band.certificate) for band in course.assessment.progress_scale]
    assert bands == [(0, 40, False), (40, 85, False), (85, 100, True)]
    assert course.assessment.certificate_from_pct == 85
    assert "85 %" in course.assessment.certificate_info
    assert course.assessment.drop_lowest == 0


def test_glossary_literature_and_lists(course: Course) -> None:
    assert len(course.glossary) >= 25
    assert len({entry.term.casefold() for entry in course.glossary}) == len(course.glossary)
    assert {entry.kind for entry in course.glossary} == {"term", "abbreviation", "concept"}
    assert all(entry.definition for entry in course.glossary)
    assert len(course.references) >= 12
    assert {reference.scope for reference in course.references} == set(ReferenceScope)
    assert all(reference.year and str(reference.year) in reference.citation for reference in course.references)
    assert [item.id for item in course.objectives][:4] == ["ob1", "ob2", "ob3", "ob4"]
    assert (course.prerequisites[0].id, course.postrequisites[0].id) == ("pr1", "po1")
    assert (course.glossary[0].id, course.references[0].id) == ("g01", "r01")


def test_surveys_keep_their_limit_and_ask_what_they_must(course: Course) -> None:
    assert [(survey.id, survey.when) for survey in course.surveys] == [
        ("s-entry", SurveyWhen.ENTRY),
        ("s-exit", SurveyWhen.EXIT),
    ]
    for survey in course.surveys:
        assert 1 <= len(survey.questions) <= 15
        topics = {question.topic for question in survey.questions}
        assert {SurveyTopic.CONTENT, SurveyTopic.DESIGN, SurveyTopic.PROPOSALS} <= topics


def test_dates_follow_the_first_and_last_day(course: Course) -> None:
    schedule = course.schedule
    assert schedule.start is not None
    assert schedule.end is not None
    assert schedule.enrol_open == schedule.start - timedelta(days=14)
    assert schedule.enrol_close == schedule.start + timedelta(days=14)
    assert schedule.enrol_hard_close == schedule.start + timedelta(days=21)
    assert [module.opens_on for module in course.modules] == [schedule.start + timedelta(weeks=n) for n in range(5)]
    assert schedule.end == schedule.start + timedelta(days=34)
    entry, leave = course.surveys
    assert entry.ready_on is not None
    assert leave.ready_on is not None
    assert entry.ready_on < schedule.start
    assert leave.ready_on < schedule.end


def test_authors_are_reachable_at_the_university(course: Course) -> None:
    for author in course.authors:
        assert author.full_name
        assert author.workplace
        assert author.position
        assert author.degree or author.no_degree
        assert author.title or author.no_title
        assert re.fullmatch(r"[a-z.]+@atu\.edu\.kz", author.email)


def test_no_recordings_files_or_signed_papers(course: Course) -> None:
    no_recordings: tuple[Recording, ...] = ()
    assert course.recordings == no_recordings
    assert (course.documents, course.minutes, course.reviews, course.attestations) == ((), (), (), ())
    dumped = json.dumps(course.model_dump(mode="json", exclude_defaults=True))
    assert '"path"' not in dumped


def test_texts_are_kazakh_and_clean(course: Course) -> None:
    texts = [text for text in _texts(course.model_dump(mode="json", exclude_defaults=True)) if len(text) > 120]
    kazakh = [text for text in texts if KAZAKH_LETTER.search(text)]
    assert len(kazakh) >= len(texts) - 8  # titles of English sources
    for text in _texts(course.model_dump(mode="json", exclude_defaults=True)):
        assert "  " not in text, text
        assert " ," not in text, text
        assert " ." not in text, text


def test_no_word_mixes_latin_and_cyrillic_letters(course: Course) -> None:
    mixed = re.compile(r"\w*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])\w*")
    found = [match[0] for text in _texts(course.model_dump(mode="json")) for match in mixed.finditer(text)]
    assert found == []
