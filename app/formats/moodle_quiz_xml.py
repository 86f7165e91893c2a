"""What Moodle 4.5 makes of a Moodle XML file, "stop on error" off.

One fault in the XML costs the whole file; a single-choice question without a full share is stored in silence, with no
right answer; a share that the platform does not know costs the question.
"""

from app.formats.aiken_lines import ASCII_BLANK
from app.formats.moodle_outcome import MoodleForecast
from app.formats.moodle_xml import Loaded, share_pct
from app.formats.shares import is_accepted
from app.formats.xml_tree import Node

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
    for node in root.all("question"):
        kind = node.attributes.get("type", "").strip()
        if kind == "category":
            continue
        errors += node.child("name") is None
        if kind not in _STORED or not _is_stored(node, kind):
            lost += 1
            errors += 1
            continue
        imported += 1
        keyless += _is_keyless(node, kind)
    return MoodleForecast(imported, lost, keyless, 0, errors)


def _is_stored(node: Node, kind: str) -> bool:
    answers = node.all("answer")
    if kind == "multichoice" and sum(bool(_body(answer)) for answer in answers) < 2:
        return False
    return kind not in _KEYED or all(is_accepted(share_pct(answer)) for answer in answers)


def _is_keyless(node: Node, kind: str) -> bool:
    if kind not in _KEYED:
        return False
    shares = [share_pct(answer) for answer in node.all("answer") if _body(answer)]
    several = kind == "multichoice" and node.inner("single").strip() in ("false", "0")
    return not any(share > 0 if several else share == 100 for share in shares)


def _body(answer: Node) -> str:
    return (answer.inner("text") or answer.text).strip(ASCII_BLANK)
