"""Packages: what leaves the program as one file."""
