"""Section 12 from the running course on: support, certificates, questionnaires, analysis (12.7 to 12.10)."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.checks.context import Context, Verdict, fail, not_applicable, rule
from app.checks.deadlines import day_after, day_text
from app.checks.wording import is_blank
from app.model.teaching import Survey, SurveyTopic, SurveyWhen

ASKED_TOPICS = (SurveyTopic.CONTENT, SurveyTopic.DESIGN, SurveyTopic.PROPOSALS)


@rule("12.7a")
def support_is_named(context: Context) -> Iterable[Verdict]:
    """Somebody is named to support the running course.

    What: the persons responsible (count), of the office or authors.
    Why: a forum without anybody who answers empties within a week.
    Passes: one or more, or the course is not near its start yet.
    Fails: nobody, from the opening of registration on (S19).
    Clause: 12.7a.
    """
    if all(map(is_blank, context.course.support.responsible)):
        yield context.missing("12.7a", "support/responsible")


@rule("12.7b")
def support_is_given(context: Context) -> Iterable[Verdict]:
    """Support includes answers in the forum, corrections and clarifications of tasks, and a look at the activity.

    What: the entries of the support log; without any, a person's word.
    Why: what was done for learners can be shown, and the analysis builds on it.
    Passes: one entry or more, a person's word, or the course does not run yet.
    Fails: the person denies; while the course runs (from S20) it waits for an entry or the word.
    Clause: 12.7b.
    """
    if any(not is_blank(entry.kind) or not is_blank(entry.note) for entry in context.course.support.log):
        return
    if context.expected("12.7b"):
        yield from context.ask("12.7b", "support/log")
    else:
        yield not_applicable()


@rule("12.8")
def certificates_for_a_fee(context: Context) -> Iterable[Verdict]:
    """Certificates are issued for a fee by an approved estimate, agreed with the economics department.

    What: reference of the estimate, the agreement. Who gets one, the top band of the progress table tells (X59, F08.8);
        the payment itself is outside of the program.
    Why: without an estimate nobody may take a fee.
    Passes: both are there, or the course has not ended yet.
    Fails: one is missing after the end (S23); the department does not agree.
    Clause: 12.8.
    """
    papers, element = context.course.learner_certificates, "learner_certificates"
    if is_blank(papers.fee_estimate_ref):
        yield context.missing("12.8", f"{element}/fee_estimate_ref", "estimate")
    if papers.economics_agreed is None:
        yield context.missing("12.8", f"{element}/economics_agreed", "agreement")
    elif not papers.economics_agreed:
        yield fail("refused", f"{element}/economics_agreed")


@rule("12.10.1a")
def two_questionnaires(context: Context) -> Iterable[Verdict]:
    """There are two questionnaires: one before the start, one before the end.

    What: the questionnaires with questions, the days on which they are ready (X22).
    Why: the first shows who the learners are, the second what the course was worth to them.
    Passes: the first is ready before the first day, the second before the last day.
    Fails: ready on that day or later; from the placement certificate on (S16) there is no first one, or its day is
        missing; the same of the second one once registration has closed (S21).
    Clause: 12.10.1a, F08.9b.
    """
    plan = context.course.schedule
    entry_expected, exit_expected = context.expected("12.10.1a"), context.reached("S21")
    yield from _questionnaire(context, SurveyWhen.ENTRY, plan.start, expected=entry_expected)
    yield from _questionnaire(context, SurveyWhen.EXIT, plan.end, expected=exit_expected)


def _questionnaire(context: Context, when: SurveyWhen, before: date | None, *, expected: bool) -> Iterator[Verdict]:
    found = [survey for survey in _with_questions(context) if survey.when is when]
    if not found:
        yield fail(f"{when.value}_none", "surveys") if expected else not_applicable()
    for survey in found:
        element = f"surveys/{survey.id}/ready_on"
        if survey.ready_on is None:
            yield fail(f"{when.value}_day", element) if expected else not_applicable()
        elif before is not None and survey.ready_on >= before:
            ready, required = day_text(survey.ready_on), f"< {day_text(before)}"
            yield fail(f"{when.value}_late", element, measured=ready, required=required)


def _with_questions(context: Context) -> tuple[Survey, ...]:
    return tuple(
        survey for survey in context.course.surveys if not all(is_blank(question.text) for question in survey.questions)
    )


@rule("12.10.1b")
def questionnaires_are_short(context: Context) -> Iterable[Verdict]:
    """A questionnaire has no more than 15 questions.

    What: number of questions of each questionnaire (count).
    Why: long ones are not filled in to their end.
    Passes: 15 or fewer.
    Fails: 16 or more.
    Clause: 12.10.1b.
    """
    for survey in context.course.surveys:
        element = f"surveys/{survey.id}/questions"
        yield from context.within("survey_questions", len(survey.questions), survey.when.value, element)


@rule("12.10.1c")
def questionnaires_ask_what_they_must(context: Context) -> Iterable[Verdict]:
    """A questionnaire asks about content and design of the course and leaves room for proposals.

    What: the topics of the questions; whether one on proposals can be answered freely (it has no options).
    Why: the analysis after the course can only use what was asked.
    Passes: at least one question on each of the three, proposals as an open field.
    Fails: a topic is missing; proposals can only be picked.
    Clause: 12.10.1c.
    """
    for survey in _with_questions(context):
        element = f"surveys/{survey.id}/questions"
        asked = [question for question in survey.questions if not is_blank(question.text)]
        topics = {question.topic for question in asked}
        yield from (fail(topic.value, element) for topic in ASKED_TOPICS if topic not in topics)
        proposals = [question for question in asked if question.topic is SurveyTopic.PROPOSALS]
        if SurveyTopic.PROPOSALS in topics and all(question.options for question in proposals):
            yield fail("closed", element)


@rule("12.10.2a")
def results_are_analysed(context: Context) -> Iterable[Verdict]:
    """The authors analyse the results of tasks and questionnaires.

    What: the file of the analysis.
    Why: the next run becomes better by it.
    Passes: it is attached and there, or learners are still being graded.
    Fails: none once certificates are issued (S24); a file that is no longer there.
    Clause: 12.10.2a.
    """
    file, element = context.course.analysis_report.file, "analysis_report/file"
    facts = context.file_facts(file)
    if file is None:
        yield context.missing("12.10.2a", element)
    elif facts is not None and not facts.exists:
        yield fail("lost", element)


@rule("12.10.2b")
def analysis_is_handed_in(context: Context) -> Iterable[Verdict]:
    """The analysis is handed in within two weeks of the end.

    What: days from the last day of the course to the day on which the analysis was handed in.
    Why: the office draws its recommendations while the course is remembered.
    Passes: 14 days or fewer, or the term has not passed yet.
    Fails: more days; not handed in although the term has passed, of a course that has run (S20), and at the latest once
        certificates are issued (S24).
    Clause: 12.10.2b.
    """
    handed_in, end = context.course.analysis_report.submitted_on, context.course.schedule.end
    limit, element = context.limit("analysis_days"), "analysis_report/submitted_on"
    last = day_after(end, int(limit.max or 0))
    if handed_in is None:
        if last is not None and context.today > last and context.reached("S20"):
            yield fail("overdue", element, required=limit, last=day_text(last))
        else:
            yield context.missing("12.10.2b", element)
    elif end is not None:
        yield from context.within("analysis_days", (handed_in - end).days, "late", element)


@rule("12.10.3")
def general_recommendations(context: Context) -> Iterable[Verdict]:
    """The office draws general recommendations from the analyses.

    What: the text of the recommendations.
    Why: other courses learn from this one.
    Passes: a text, or the analysis has not been handed in yet.
    Fails: none after it (S25).
    Clause: 12.10.3.
    """
    if is_blank(context.course.general_recommendations):
        yield context.missing("12.10.3", "general_recommendations")


RULES = (
    support_is_named,
    support_is_given,
    certificates_for_a_fee,
    two_questionnaires,
    questionnaires_are_short,
    questionnaires_ask_what_they_must,
    results_are_analysed,
    analysis_is_handed_in,
    general_recommendations,
)
