"""Tools for the author that work on the whole course: each in a dialog of its own beside the open page."""
