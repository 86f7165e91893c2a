"""MOOC Studio: from an idea to an accepted massive open online course."""

__version__ = "0.1.0"
