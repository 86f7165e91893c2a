"""What Moodle 4.5 makes of a Moodle XML file, "stop on error" off.

One fault in the XML costs the whole file; a single-choice question without a full share is stored in silence, with no
right answer; a share that the platform does not know costs the question.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.moodle_outcome import MoodleForecast
from app.formats.moodle_xml import FULL_PCT, Loaded, share_pct
from app.formats.shares import is_accepted
from app.formats.xml_tree import inner, own_text

_KEYED = frozenset({"multichoice", "shortanswer", "numerical"})
_STORED = frozenset({
    *_KEYED, "truefalse", "matching", "match", "essay", "description", "cloze", "multianswer", "calculated",
    "calculatedsimple", "calculatedmulti", "ddimageortext", "ddmarker", "ddwtos", "gapselect", "ordering",
})  # fmt: skip


def predict(loaded: Loaded, questions: int) -> MoodleForecast:
    """Return what Moodle would do.

    Args:
        loaded: the file's XML.
        questions: how many questions it has as we read it.
    """
    root = loaded.tree.root
    if loaded.refused or loaded.mended_line or loaded.tree.fault_line or root is None or root.tag != "quiz":
        return MoodleForecast(0, questions, 0, 0, errors=1)
    imported = keyless = errors = lost = 0
    for node in root.findall("question"):
        kind = node.get("type", "").strip()
        if kind == "category":
            continue
        errors += node.find("name") is None
        answers = node.findall("answer")
        filled = [answer for answer in answers if _body(answer)] if kind in _KEYED else []
        if kind not in _STORED or not _is_stored(kind, answers, len(filled)):
            lost += 1
            errors += 1
            continue
        imported += 1
        keyless += kind in _KEYED and _is_keyless(node, kind, filled)
    return MoodleForecast(imported, lost, keyless, 0, errors)


def _is_stored(kind: str, answers: Sequence[Element], filled: int) -> bool:
    if kind == "multichoice" and filled < 2:
        return False
    return kind not in _KEYED or all(is_accepted(share_pct(answer)) for answer in answers)


def _is_keyless(node: Element, kind: str, filled: Sequence[Element]) -> bool:
    several = kind == "multichoice" and inner(node, "single").strip() in ("false", "0")
    shares = map(share_pct, filled)
    return not any(share > 0 if several else share == FULL_PCT for share in shares)


def _body(answer: Element) -> str:
    return (inner(answer, "text") or own_text(answer)).strip(ASCII_BLANK)
