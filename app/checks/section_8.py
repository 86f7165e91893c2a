"""Section 8: structure and content of the course."""

from collections.abc import Iterable

from app.checks.context import Context, Verdict, rule


@rule("8.1")
def modules_per_course(context: Context) -> Iterable[Verdict]:
    """A course has four to six modules, each of them one week.

    What: number of modules (count), read together with F02.16: more than six is an error (X01, X02).
    Why: the regulation plans a course of four to six weeks.
    Passes: 4, 5 or 6 modules.
    Fails: any other number.
    Clause: 8.1, F02.16.
    """
    yield from context.within("modules_per_course", len(context.course.modules), "count", "modules")


RULES = (modules_per_course,)
