"""What the media tests share: a separate ffmpeg as maker of files, sines of the EBU's test signals, small clips."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.sample.clips import ClipSpec, make_clip

Ffmpeg = Callable[..., Path]


@pytest.fixture(scope="session")
def ffmpeg(tmp_path_factory: pytest.TempPathFactory) -> Ffmpeg:
    """Return a function that makes a file with a separate ffmpeg process: ``ffmpeg(name, *arguments)``."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    folder = tmp_path_factory.mktemp("ffmpeg")

    def make(name: str, *arguments: str) -> Path:
        path = folder / name
        command = ["ffmpeg", "-v", "error", "-y", *arguments, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return path

    return make


@pytest.fixture(scope="session")
def small_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two seconds of small, faultless picture and sound."""
    path = tmp_path_factory.mktemp("clips") / "small.mp4"
    make_clip(path, ClipSpec(duration_s=2.0, width=320, height=180, bitrate_bps=500_000))
    return path
