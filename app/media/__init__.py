"""Measuring a recording: probe, decode once, analysers, report. Figures only; the rules judge (principle 5)."""
