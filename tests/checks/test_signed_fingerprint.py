"""A signed copy's fingerprint changes with what the document shows, and with nothing else."""

import pytest

from app.checks.fingerprint import data_fingerprint
from app.model.papers import DocumentKind
from app.model.people import FileRef
from app.sample import sample_course
from app.session.edit import set_value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Another"),
        ("goal", "Another"),
        ("authors/a1/email", "x@atu.edu.kz"),
        ("modules/m2/title", "Another"),
        ("modules/m2/lessons/l5/title", "Another"),
        ("outcomes/o1-1/text", "Another"),
        ("tasks/t-p1/count", 7),
    ],
)
def test_what_form_02_shows_changes_its_fingerprint(path: str, value: object) -> None:
    course = sample_course()
    changed = set_value(course, path, value)
    assert data_fingerprint(changed, DocumentKind.FORM_02) != data_fingerprint(course, DocumentKind.FORM_02)
    assert data_fingerprint(changed, DocumentKind.GLOSSARY) == data_fingerprint(course, DocumentKind.GLOSSARY)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("annotation", "Another"),
        ("modules/m2/lessons/l5/script", "Another"),
        ("modules/m2/effort/reading_min", 1),
        ("tasks/t-p1/weight_pct", 7.0),
    ],
)
def test_what_form_02_does_not_show_leaves_it(path: str, value: object) -> None:
    course = sample_course()
    changed = set_value(course, path, value)
    assert data_fingerprint(changed, DocumentKind.FORM_02) == data_fingerprint(course, DocumentKind.FORM_02)


def test_signing_the_protocol_does_not_make_its_copy_old() -> None:
    course = sample_course()
    before = data_fingerprint(course, DocumentKind.FORM_11)
    signed = set_value(course, "protocol/signed_by", ("A. Head",))
    signed = set_value(signed, "protocol/file", FileRef(path="materials/11.pdf"))
    assert data_fingerprint(signed, DocumentKind.FORM_11) == before
    assert data_fingerprint(set_value(course, "protocol/decision", "ready"), DocumentKind.FORM_11) != before


def test_a_document_that_shows_nothing_of_the_course_has_none() -> None:
    assert data_fingerprint(sample_course(), DocumentKind.OTHER) is None
