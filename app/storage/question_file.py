"""Reading a question file from the disk."""

from pathlib import Path

from app.model.errors import QuestionFileError

_MAX_BYTES = 64 * 2**20
"""A bank of 10,000 questions has 5 MB."""


def load_question_file(path: Path) -> bytes:
    """Return the content of a question file.

    Raises:
        QuestionFileError: ``question_file_too_large``, ``question_file_unreadable``.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise QuestionFileError("question_file_too_large", path=path, limit_mb=_MAX_BYTES // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise QuestionFileError("question_file_unreadable", path=path, problem=error.strerror or error) from error
