"""Items of forms 01 and 02 that are read back, and where in the course their values go."""

from typing import Final

ITEMS: Final = {
    "form_01": (
        *((f"F01.{number}",) for number in range(1, 14)),
        ("F01.14a", "F01.14b", "F01.14c", "F01.14d", "F01.14e"),
        ("F01.15a", "F01.15b", "F01.15c"),
        ("F01.16a", "F01.16b"),
        ("F01.17",),
        ("F01.18",),
        ("F01.19a", "F01.19b", "F01.19c"),
        tuple(f"F01.20{letter}" for letter in "abcdefg"),
        ("F01.21",),
        ("F01.22a", "F01.22b"),
    ),
    "form_02": (("F02.6",), *((f"F02.{number}",) for number in range(8, 17))),
}
"""Keys of the labels of each item, in the order of the form."""
SAME: Final = {
    "F02.6": "F01.1",
    "F02.9": "F01.11",
    "F02.10": "F01.12",
    "F02.12": "F01.8",
    "F02.13": "F01.9",
    "F02.14": "F01.7",
    "F02.15": "F01.6",
}
"""Items of form 02 that say what an item of form 01 says."""
STRUCTURE: Final = "F02.16"
"""The table of modules and lectures."""
LISTS: Final = {
    "F01.4": "audience/programmes",
    "F01.8": "prerequisites",
    "F01.9": "postrequisites",
    "F01.12": "objectives",
    "F01.13": "outcomes",
    "F02.11": "outcomes",
}
"""Paths of the items that are lists."""
TEXTS: Final = {"F01.2": "university", "F01.11": "goal", "F02.8": "description"}
"""Paths of the items that are plain text."""
