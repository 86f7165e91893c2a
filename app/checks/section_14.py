"""Section 14: measures against risks. The news of 14.2.2 stand with the other announcements."""

from collections.abc import Iterable

from app.checks import announcements
from app.checks.context import Context, Verdict, rule


@rule("14.2.3")
def heads_check_the_materials(context: Context) -> Iterable[Verdict]:
    """The head of the unit has checked that the materials meet the regulation.

    What: the word of the head of department (X57); the findings of all rules are its ground.
    Why: a course that does not meet the regulation comes back from the office.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word.
    Clause: 14.2.3.
    """
    yield from context.ask("14.2.3")


@rule("14.2.4")
def anti_corruption(context: Context) -> Iterable[Verdict]:
    """The anti-corruption policy of the university is observed.

    What: the word of those who take part; no data can decide it.
    Why: development and placement of courses are named among the risks.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word.
    Clause: 14.2.4.
    """
    yield from context.ask("14.2.4")


@rule("14.2.5")
def information_security(context: Context) -> Iterable[Verdict]:
    """Information security is observed and personal data are protected.

    What: the word of those who take part; the program itself stores a course on this computer alone and asks for no
        personal data beyond the forms.
    Why: recordings, screenshots and test results easily show data of other people.
    Passes: a person confirms.
    Fails: the person denies; it waits for the person's word.
    Clause: 14.2.5.
    """
    yield from context.ask("14.2.5")


RULES = (*announcements.RULES_OF_SECTION_14, heads_check_the_materials, anti_corruption, information_security)
