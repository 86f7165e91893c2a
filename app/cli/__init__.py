"""The command line: it reads arguments, calls the layers below and prints; it never touches a display."""

from app.cli.entry import main

__all__ = ["main"]
