"""Analysers: one file each, fed by the one decode, answering with figures, events and a series per second."""
