"""What the letters to the MOOC office say: the bundle, a booking of the studio, the first recording, lecture texts."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.exporters.checked_recording import checked
from app.exporters.document import Block, Document, Heading, Paragraph, Run
from app.exporters.forms import write_document
from app.exporters.forms.common import Sheet, date_text
from app.exporters.packages.calendar import ALMATY
from app.exporters.packages.mail import Letter, MailFile
from app.exporters.recording_report import recording_report
from app.model.course import Course
from app.model.recording import Recording, RecordingReport, RecordingRole
from app.model.regulation import Regulation
from app.model.structure import Lesson
from app.model.texts import Lang, megabytes_text
from app.model.views import numbered_lessons
from app.storage.texts_file import load_texts


@dataclass(frozen=True)
class Letters:
    """Makes the letters of one course.

    Attributes:
        lang: language of the letters, the user's.
        today: the day on which they are made; sessions before it are past.
    """

    course: Course
    regulation: Regulation
    lang: Lang
    today: date

    def say(self, key: str, **values: object) -> str:
        """Return a text; ``key`` without the leading ``letters.``."""
        return load_texts().get(f"letters.{key}", self.lang, **values)

    def submission(self, volumes: Sequence[Path]) -> tuple[Letter, ...]:
        """Return the letters that carry the bundle, one for each volume.

        Raises:
            OSError: a volume cannot be read.
        """
        count = len(volumes)
        letters = []
        for number, path in enumerate(volumes, start=1):
            data = path.read_bytes()
            lines = [self.say("submission.body", title=self._title)]
            if count > 1:
                lines.append(self.say("submission.volume", number=number, count=count))
            lines.append(self.say("submission.sha", name=path.name, sha=hashlib.sha256(data).hexdigest()))
            if self.course.recordings:
                lines.append(self.say("submission.recordings"))
            subject = self.say("submission.subject", title=self._title)
            part = f" ({number}/{count})" if count > 1 else ""
            letters.append(self._letter(subject + part, lines, (MailFile(path.name, data),)))
        return tuple(letters)

    def booking(self) -> Letter:
        """Return the request for the video studio (F01.14b)."""
        room = self.regulation.settings.studio_room
        lessons = sum(len(module.lessons) for module in self.course.modules)
        lines = [self.say("booking.body", title=self._title, room=room, lessons=lessons)]
        times = [self.say("booking.time", time=f"{moment:%d.%m.%Y %H:%M}") for moment in self._wished_times()]
        lines += [self.say("booking.times"), *times] if times else [self.say("booking.no_times")]
        return self._letter(self.say("booking.subject", room=room, title=self._title), lines)

    def first_recording(self, reports: Mapping[str, RecordingReport]) -> Letter:
        """Return the letter about the first recording: its link and what was measured (F01.20g, X70)."""
        recording = self._first()
        lines = [self.say("first.body", title=self._title)]
        files: tuple[MailFile, ...] = ()
        if recording is None:
            lines.append(self.say("first.none"))
        else:
            lines += self._recording_lines(recording)
            report = reports.get(recording.id)
            if report is not None:
                lines.append(self.say("first.report"))
                files = (MailFile("recording_report.pdf", self._report(recording, report)),)
        return self._letter(self.say("first.subject", title=self._title), lines, files)

    def lecture_texts(self) -> Letter:
        """Return the letter with the texts of the lectures of the next session (F07.3.6), with a copy to oneself."""
        session_on, lessons = self._next_lessons()
        lines = [self.say("texts.body", title=self._title)]
        if session_on is not None:
            days = int(self.regulation.limits["lectures_sent_days"].min or 0)
            term = date_text(session_on - timedelta(days=days))
            lines.append(self.say("texts.session", date=date_text(session_on), term=term))
        with_text = [(number, lesson) for number, lesson in lessons if lesson.script.strip()]
        lines += [self.say("texts.lecture", n=number, title=lesson.title.strip()) for number, lesson in with_text]
        without = [str(number) for number, lesson in lessons if not lesson.script.strip()]
        if without:
            lines.append(self.say("texts.without", numbers=", ".join(without)))
        files: tuple[MailFile, ...] = ()
        if with_text:
            files = (MailFile("lecture_texts.docx", write_document(self._texts(with_text), "docx")),)
        letter = self._letter(self.say("texts.subject", title=self._title), lines, files)
        return Letter(letter.to, letter.subject, letter.body, letter.sender, self._author_address, letter.files)

    @property
    def _title(self) -> str:
        return " ".join(self.course.title.split()) or "–"

    @property
    def _author_address(self) -> str:
        return self.course.authors[0].email.strip() if self.course.authors else ""

    def _letter(self, subject: str, lines: Sequence[str], files: tuple[MailFile, ...] = ()) -> Letter:
        names = [author.full_name.strip() for author in self.course.authors if author.full_name.strip()]
        closing = [self.say("closing"), *names]
        if self.course.department.name.strip():
            closing.append(self.course.department.name.strip())
        body = "\n\n".join([self.say("greeting"), *lines]) + "\n\n" + "\n".join(closing) + "\n"
        sender = (names[0] if names else "", self._author_address)
        return Letter(self.regulation.edition.mailbox, subject, body, sender, "", files)

    def _wished_times(self) -> Iterator[datetime]:
        moments = [session.starts_at for session in self.course.sessions] + [self.course.promo.booking.starts_at]
        local = (_local(moment) for moment in moments if moment is not None)
        yield from sorted(moment for moment in local if moment.date() >= self.today)

    def _first(self) -> Recording | None:
        named = self.course.first_recording.recording_id
        lectures = [r for r in self.course.recordings if r.id == named]
        lectures += [r for r in self.course.recordings if r.role is RecordingRole.LECTURE]
        return lectures[0] if lectures else None

    def _recording_lines(self, recording: Recording) -> Iterator[str]:
        yield recording.title.strip() or recording.id
        yield self.say("first.link", url=recording.url.strip()) if recording.url.strip() else self.say("first.no_link")
        if recording.size_bytes is not None:
            yield self.say("first.size", size=megabytes_text(recording.size_bytes, self.lang))
        if recording.sha256:
            yield f"SHA-256: {recording.sha256}"

    def _report(self, recording: Recording, report: RecordingReport) -> bytes:
        portable = report.model_copy(update={"path": Path(recording.path).name, "wall_s": 0.0, "frames_per_s": 0.0})
        judged = checked(Path(portable.path), portable, self.regulation, stage=recording.stage, role=recording.role)
        return write_document(recording_report([judged], self.regulation, self.lang, generated_on=self.today), "pdf")

    def _next_lessons(self) -> tuple[date | None, list[tuple[int, Lesson]]]:
        """Return the day of the next session and its lectures; all lectures where no session names recordings."""
        numbered = [(number, lesson) for number, _, lesson in numbered_lessons(self.course)]
        days = [(_local(session.starts_at).date(), session) for session in self.course.sessions if session.starts_at]
        coming = sorted((entry for entry in days if entry[0] >= self.today), key=lambda entry: entry[0])
        if not coming:
            return None, numbered
        day, session = coming[0]
        lesson_of = {recording.id: recording.lesson_id for recording in self.course.recordings}
        wanted = {lesson_of.get(ident) for ident in session.recording_ids}
        own = [(number, lesson) for number, lesson in numbered if lesson.id in wanted]
        return day, own or numbered

    def _texts(self, lessons: Sequence[tuple[int, Lesson]]) -> Document:
        sheet = Sheet(self.course, self.regulation, "", self.today, draft=False)
        title = self.say("texts.document")
        blocks: list[Block] = [Heading(1, (Run(title, self.lang),))]
        for number, lesson in lessons:
            blocks.append(Heading(2, (Run(sheet.say("lesson", n=number, title=lesson.title.strip())),)))
            lines = (line.strip() for line in lesson.script.splitlines())
            blocks += [Paragraph((Run(line),)) for line in lines if line]
        return sheet.document(title, blocks)


def _local(moment: datetime) -> datetime:
    """Return a moment as the clock in Almaty shows it; one without a zone is meant so."""
    return moment.astimezone(ALMATY).replace(tzinfo=None) if moment.tzinfo else moment
