"""Errors that are expected: each has a code whose cause and remedy are written in three languages.

The text lives in ``resources/i18n`` under ``errors.<code>.cause`` and ``errors.<code>.remedy``; the parameters fill
its placeholders. Everything that is not a `StudioError` is a fault of the program.
"""


class StudioError(Exception):
    """An expected error.

    Attributes:
        code: key of the text, e.g. ``course_not_json``.
        params: values for the placeholders of the text.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class ProjectFileError(StudioError):
    """A course folder that cannot be read, locked or written."""


class RegulationFileError(StudioError):
    """A regulation file that cannot be read or contradicts itself."""


class MediaError(StudioError):
    """A recording that cannot be read."""


class ExportError(StudioError):
    """A document that cannot be made or written."""


class BundleError(StudioError):
    """A bundle that is refused, cannot be read or cannot be written."""


class QuestionFileError(StudioError):
    """A question file that cannot be read or written."""
