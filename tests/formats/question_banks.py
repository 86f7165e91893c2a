"""Banks of questions with the nastiest texts that people paste."""

from hypothesis import strategies as st

from app.formats.pictures import ParsedPicture, contents
from app.model.tasks import AnswerKind, Question

NASTY = (
    "\"'«»“”`",
    "{}",
    "~=#:%",
    "\\",
    "\\n",
    "\\(x^{2} \\neq y\\)",
    "$$\\frac{1}{2}$$",
    "<b>",
    "</p>",
    "<br>",
    "&amp;",
    "&",
    "a < b > c",
    "&&058;",
    "->",
    "..",
    "🙂",
    "👩‍🔬",
    "שלום",
    "مرحبا\u200f",
    "\u00a0",
    "e\u0301",
    "Ә ғ қ ң ө ұ ү һ і",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "//",
    "::",
    "[html]",
    "[q]",
    "[a][+]",
    "<variant>",
    "<question2>",
    "<variantright>",
    "# ",
    "+ ",
    "- ",
    "A. ",
    "B) ",
    "*C) ",
    "\nB) ",
    "12. ",
    "\n3. ",
    "ANSWER: A",
    "]]>",
    "<![CDATA[",
    "@@PLUGINFILE@@",
    "\u2028",
    "\x0b",
    "*",
    "%50%",
    "????",
    "И",
    "мәтін",
    "text",
    "1,5",
    "№ 7.",
)
PIECE = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=6))
TEXT = st.lists(PIECE, min_size=1, max_size=5).map("".join)


@st.composite
def choices(draw: st.DrawFn) -> Question:
    options = tuple(draw(st.lists(TEXT, min_size=2, max_size=6)))
    several = draw(st.booleans())
    right = st.integers(0, len(options) - 1)
    correct = draw(st.lists(right, min_size=2, max_size=3, unique=True)) if several else [draw(right)]
    kind = AnswerKind.CHOICE_MULTI if several else AnswerKind.CHOICE_SINGLE
    return Question(id="q", kind=kind, stem=draw(TEXT), options=options, correct=tuple(sorted(correct)))


NUMBER = st.builds(
    lambda value, tolerance: f"{value}±{tolerance}" if tolerance else str(value),
    st.decimals(-1000, 1000, places=3),
    st.sampled_from(["", "0.01", "5"]),
)
TYPED = st.builds(
    lambda stem, answers: Question(id="q", kind=AnswerKind.SHORT_TEXT, stem=stem, answers=tuple(answers)),
    TEXT,
    st.lists(TEXT, min_size=1, max_size=3),
)
NUMBERS = st.builds(
    lambda stem, answers: Question(id="q", kind=AnswerKind.NUMBER, stem=stem, answers=tuple(answers)),
    TEXT,
    st.lists(NUMBER, min_size=1, max_size=2),
)
TRUE_FALSE = st.builds(
    lambda stem, place: Question(id="q", kind=AnswerKind.BINARY, stem=stem, correct=(place,)), TEXT, st.integers(0, 1)
)
ESSAYS = st.builds(lambda stem: Question(id="q", kind=AnswerKind.FREE_FORM, stem=stem), TEXT)
MATCHING = st.builds(
    lambda stem, pairs, spare: Question(
        id="q",
        kind=AnswerKind.MATCHING,
        stem=stem,
        options=tuple(left for left, _ in pairs),
        answers=(*(right for _, right in pairs), *spare),
    ),
    TEXT,
    st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=4),
    st.lists(TEXT, max_size=2),
)
ANY_KIND = st.one_of(choices(), TYPED, NUMBERS, TRUE_FALSE, ESSAYS, MATCHING)
BANKS = st.lists(ANY_KIND, max_size=6)
CHOICE_BANKS = st.lists(choices(), max_size=6)


PNG = b"\x89PNG\r\n\x1a\n"


@st.composite
def rich(draw: st.DrawFn) -> tuple[Question, dict[str, bytes]]:
    """Draw a question with everything that a question may have besides, and the contents of its pictures."""
    question = draw(ANY_KIND)
    places = st.sampled_from([None, *range(len(question.options))])
    drawn = draw(
        st.lists(st.tuples(st.binary(max_size=8), places, st.sampled_from(["", 'сызба "1" <a> & б'])), max_size=3)
    )
    parsed = [ParsedPicture(PNG + data, option, shows) for data, option, shows in drawn]
    parsed.sort(key=lambda picture: -1 if picture.option is None else picture.option)
    has_options = question.kind in (AnswerKind.CHOICE_SINGLE, AnswerKind.CHOICE_MULTI)
    feedback = draw(st.lists(TEXT, max_size=len(question.options))) if has_options else []
    more = {
        "feedback": draw(st.one_of(st.just(""), TEXT)),
        "option_feedback": tuple(feedback),
        "tags": tuple(draw(st.lists(st.sampled_from(["алгебра", "1-апта", "a]b", "C&C", "a, b"]), max_size=2))),
        "pictures": tuple(picture.as_picture(f"p{n}") for n, picture in enumerate(parsed, 1)),
    }
    return question.model_copy(update=more), contents(parsed)


RICH_BANKS = st.lists(rich(), max_size=4)


def besides(question: Question) -> tuple[object, ...]:
    """Return what must come back of a question besides its `shape`, pictures apart."""
    told = [carried(text) for text in question.option_feedback]
    while told and not told[-1]:
        told.pop()
    return carried(question.feedback), told, [tag for tag in map(carried, question.tags) if tag]


def carried(text: str) -> str:
    """Return a text as every format promises to hold it: LF, no ASCII white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\r\0\x0b")


def shape(question: Question) -> tuple[object, ...]:
    """Return what must come back of a question."""
    return (
        question.kind,
        carried(question.stem),
        tuple(map(carried, question.options)),
        question.correct,
        tuple(map(carried, question.answers)),
    )
