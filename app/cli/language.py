"""In which language the program speaks: what `--lang` says, else what the system says."""

import locale
import os
from collections.abc import Mapping, Sequence

from app.model.texts import Lang

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_WINDOWS_NAMES = {"kazakh": Lang.KK, "russian": Lang.RU}


def language_of(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> Lang:
    """Return the language of messages, known before the arguments are understood.

    A wrong `--lang` is refused later; until then the system's language serves.
    """
    for place in range(len(argv) - 1, -1, -1):
        name, equals, value = argv[place].partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(argv[place + 1 : place + 2])
            if chosen in tuple(Lang):
                return Lang(chosen)
    return system_language(environment)


def system_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """Return the system's language if the program has it, else English."""
    name = next((environment[variable] for variable in _VARIABLES if environment.get(variable)), None)
    if name is None:
        name = locale.getlocale()[0] or ""
    code = name.replace("-", "_").partition(".")[0].partition("_")[0].lower()
    if code in tuple(Lang):
        return Lang(code)
    return _WINDOWS_NAMES.get(code, Lang.EN)
