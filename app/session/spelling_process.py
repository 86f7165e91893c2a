"""The dictionaries in a process of their own.

Loading them, some two seconds, holds Python's lock: in a thread of the window's process it would make the window stand
still. The child ends by itself when its pipe closes.
"""

import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

from app.session.spelling import Misspelling, OwnWords, Speller


class SpellingUnavailableError(Exception):
    """There are no hints: the library is not there for this system, a dictionary is missing, or the child has gone."""


def _serve(connection: Connection) -> None:
    """Answer questions until the pipe closes; the first message tells whether there will be answers at all."""
    try:
        speller = Speller()
    except (ImportError, OSError) as error:
        connection.send(str(error) or type(error).__name__)
        return
    connection.send("")
    while True:
        try:
            question, argument, own = connection.recv()
        except (EOFError, OSError):
            return
        if question == "check":
            connection.send(speller.misspellings(argument, own))
        else:
            connection.send(speller.suggestions(argument))


class SpellingProcess:
    """A child that knows the dictionaries; each question waits for its answer, so it is asked from one thread only.

    Raises:
        SpellingUnavailableError: by the first question and each later one.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="spelling", daemon=True)
        self._process.start()
        theirs.close()
        self._is_ready = False

    def misspellings(self, text: str, own: OwnWords) -> tuple[Misspelling, ...]:
        """Return the words of a text that nobody knows."""
        found: tuple[Misspelling, ...] = self._ask("check", text, own)
        return found

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Return what may have been meant."""
        found: tuple[str, ...] = self._ask("suggest", word, None)
        return found

    def close(self) -> None:
        """End the child; a question under way in another thread then fails."""
        self._process.terminate()
        self._process.join(5)
        self._connection.close()

    def _ask(self, question: str, argument: str, own: OwnWords | None) -> Any:  # noqa: ANN401 - by question
        try:
            if not self._is_ready:
                problem = self._connection.recv()
                if problem:
                    raise SpellingUnavailableError(problem)
                self._is_ready = True
            self._connection.send((question, argument, own))
            return self._connection.recv()
        except (EOFError, OSError, ValueError) as error:
            raise SpellingUnavailableError(str(error) or type(error).__name__) from error
