"""The open course: its value, the one door through which it changes, undo, autosave. No widgets, no threads."""
