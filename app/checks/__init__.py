"""Rules: (course, recording reports, attachment facts, regulation, today) -> findings. Pure, no files, no clock."""

from app.checks.judge import judge_recording, verdict
from app.checks.run import blocks, is_ready, run

__all__ = ["blocks", "is_ready", "judge_recording", "run", "verdict"]
