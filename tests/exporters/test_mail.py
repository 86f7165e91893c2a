"""Letters as drafts, read back by the standard library's parser; recordings never travel in them (X70)."""

import email
import io
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.packages.letters import Letters
from app.exporters.packages.mail import Letter, MailFile, eml, mailto
from app.model.course import Course
from app.model.papers import RecordingSession
from app.model.recording import Recording, RecordingReport, RecordingRole
from app.model.texts import Lang
from app.sample import sample_course
from app.storage.regulation_file import load_regulation

REGULATION = load_regulation()
DAY = date(2026, 11, 26)


def letters(course: Course, lang: Lang = Lang.KK) -> Letters:
    return Letters(course, REGULATION, lang, DAY)


def parsed(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(eml(letter), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_draft_opens_as_a_letter_still_to_be_sent() -> None:
    letter = Letter(
        "mooc@atu.edu.kz", "Тағам қауіпсіздігі", "Сәлем\n\nәлем\n", ("Ә. Автор", "a@atu.edu.kz"), "a@atu.edu.kz"
    )
    message = parsed(letter)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "mooc@atu.edu.kz"
    assert message["Cc"] == "a@atu.edu.kz"
    assert message["Subject"] == "Тағам қауіпсіздігі"
    assert message["From"].addresses[0].display_name == "Ә. Автор"
    assert body(message).split("\r\n") == ["Сәлем", "", "әлем", ""]
    assert message["Date"] is None, "the mail program dates it when it is sent"


def test_lines_and_letters_are_those_of_rfc_5322() -> None:
    data = eml(Letter("mooc@atu.edu.kz", "Ұ" * 500, "Ү" * 5000, files=(MailFile("a.zip", b"x" * 5000),)))
    assert b"\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert data.isascii()


def test_attachments_arrive_to_the_byte_and_the_file_is_the_same_each_time() -> None:
    files = (MailFile("b-1-of-2.zip", bytes(range(256)) * 40), MailFile("report.pdf", b"%PDF-1.4\r\n"))
    letter = Letter("mooc@atu.edu.kz", "s", "b", files=files)
    found = list(parsed(letter).iter_attachments())
    assert [(part.get_filename(), part.get_content()) for part in found] == [(file.name, file.data) for file in files]
    assert [part.get_content_type() for part in found] == ["application/zip", "application/pdf"]
    assert eml(letter) == eml(letter)


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_no_text_becomes_a_head_line(subject: str, text: str, name: str, address: str) -> None:
    letter = Letter("mooc@atu.edu.kz", subject, text, (name, address), address)
    message = parsed(letter)
    assert set(message.keys()) <= {
        "From", "To", "Cc", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert message["To"] == "mooc@atu.edu.kz"


@pytest.mark.parametrize("address", ["x@y.kz\r\nBcc: all@y.kz", "a@b", "a b@c.kz", "<a@b.kz>", "a@b.kz,c@d.kz", ""])
def test_what_is_no_address_stays_out(address: str) -> None:
    message = parsed(Letter("mooc@atu.edu.kz", "s\r\nBcc: evil@x.kz", "b", ("N\r\nBcc: x", address), address))
    assert (message["From"], message["Cc"], message["Bcc"]) == (None, None, None)
    assert message["Subject"] == "s Bcc: evil@x.kz"


@pytest.mark.parametrize("text", ["қысқа & ? = %\nжол", "ұзақ мәтін " * 2000])
def test_mailto_carries_subject_and_body_within_what_systems_take(text: str) -> None:
    link = mailto(Letter("mooc@atu.edu.kz", "Тақырып & #1", text))
    assert link.startswith("mailto:mooc%40atu.edu.kz?")
    assert len(link) <= 1_900
    fields = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert fields["subject"] == ["Тақырып & #1"]
    [shown] = fields["body"]
    assert text.replace("\n", "\r\n").startswith(shown)
    assert shown


def test_each_volume_has_its_letter(tmp_path: Path) -> None:
    paths = (tmp_path / "b-1-of-2.zip", tmp_path / "b-2-of-2.zip")
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) * 100)
    made = letters(sample_course()).submission(paths)
    title = sample_course().title
    assert [letter.subject for letter in made] == [f"ЖАОК құжаттары: {title} ({n}/2)" for n in (1, 2)]
    assert [letter.files[0].data for letter in made] == [path.read_bytes() for path in paths]
    assert all(letter.to == "mooc@atu.edu.kz" for letter in made)
    # SHA-256 of 100 zero bytes, as sha256sum has it.
    assert "cd00e292c5970d3c5e2f0ffa5171e555bc46bfc4faddfb4a418b6840b86e79a3" in made[0].body
    [single] = letters(sample_course(), Lang.RU).submission(paths[:1])
    assert single.subject == f"Документы МООК: {title}"


def test_the_booking_names_room_lectures_and_times() -> None:
    sessions = (
        RecordingSession(id="s1", starts_at=datetime.fromisoformat("2026-12-03T14:30")),
        RecordingSession(id="s2", starts_at=datetime.fromisoformat("2026-12-04T04:30+00:00")),
        RecordingSession(id="s0", starts_at=datetime.fromisoformat("2026-11-02T09:00")),
    )
    course = sample_course().model_copy(update={"sessions": sessions})
    letter = letters(course).booking()
    assert "204-2Б" in letter.subject
    assert "Дәрістер саны: 15" in letter.body
    assert "03.12.2026 14:30" in letter.body
    assert "04.12.2026 09:30" in letter.body, "as the clock in Almaty shows it"
    assert "02.11.2026" not in letter.body, "a day that is past is no wish"
    assert course.authors[0].full_name in letter.body


def test_the_first_recording_goes_as_a_link_with_its_report() -> None:
    recording = Recording(
        id="r1", title="1-дәріс", role=RecordingRole.LECTURE, path="/home/x/1.mp4", url="https://example.org/1",
        size_bytes=912_345_678, sha256="ab" * 32,
    )  # fmt: skip
    course = sample_course().model_copy(update={"recordings": (recording,)})
    letter = letters(course).first_recording({"r1": RecordingReport(path="/home/x/1.mp4")})
    for words in ("https://example.org/1", "912,3", "ab" * 32, "01 нысан, 20-тармақ"):
        assert words in letter.body
    assert "/home/x" not in letter.body
    [file] = letter.files
    assert (file.name, file.data[:5]) == ("recording_report.pdf", b"%PDF-")
    bare = letters(sample_course()).first_recording({})
    assert bare.files == ()
    assert "жазба әлі жоқ" in bare.body


def test_lecture_texts_go_the_day_before_with_a_copy_to_the_author() -> None:
    course = sample_course()
    first, second = course.modules[0].lessons[:2]
    first = first.model_copy(update={"script": "Бірінші жол\n\nЕкінші жол {{x}} <b>"})
    second = second.model_copy(update={"script": ""})
    module = course.modules[0].model_copy(update={"lessons": (first, second)})
    recordings = (Recording(id="r1", lesson_id=first.id), Recording(id="r2", lesson_id=second.id))
    session = RecordingSession(
        id="s1",
        starts_at=datetime.fromisoformat("2026-12-01T10:00"),
        recording_ids=("r1", "r2"),
    )
    changed = course.model_copy(update={"modules": (module,), "recordings": recordings, "sessions": (session,)})
    letter = letters(changed).lecture_texts()
    assert letter.copy_to == course.authors[0].email
    assert "01.12.2026" in letter.body
    assert "30.11.2026" in letter.body, "one day before the recording (F07.3.6)"
    assert "(Мәтіні жоқ дәрістер: 2.)" in letter.body
    [file] = letter.files
    path = Path(file.name)
    assert path.suffix == ".docx"
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file.data)).paragraphs)
    assert "Екінші жол {{x}} <b>" in text


@pytest.mark.parametrize("lang", Lang)
def test_every_letter_of_an_empty_course_can_be_made(lang: Lang) -> None:
    made = letters(Course(), lang)
    for letter in (made.booking(), made.first_recording({}), made.lecture_texts()):
        assert body(parsed(letter)).strip()
        assert "{" not in letter.subject + letter.body
