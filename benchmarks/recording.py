"""What measuring a recording costs: decode-only floor, whole analysis, FFmpeg's own filters, memory, quick check.

    python benchmarks/recording.py              # both clips, FFmpeg's chain, quick check of 30 minutes (2 GB of disk)
    python benchmarks/recording.py --no-chain   # without FFmpeg's filters, which are slow
    python benchmarks/recording.py --all        # and the peak memory for 1 and for 15 minutes; for a quiet machine
    python benchmarks/recording.py --profile    # what each analyser costs, microseconds for each frame or second
    python benchmarks/recording.py --memory     # peak memory alone
    python benchmarks/recording.py --long       # the quick check of 1 and of 30 minutes alone

Every run is a process of its own. Floor and analysis take turns and the best of the rounds counts, wall and processor
time each for itself: on a busy machine the processor time is the one to trust. Behind a figure stands the limit that it
must keep.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import av
from av.stream import Stream

from app.media.analyse import analyse
from app.media.analysers.base import Outcome
from app.media.picture import PictureTrack
from app.media.probe import open_recording, read_header
from app.media.sound import SoundTrack
from app.media.views import FrameView, SoundBlock
from app.sample.clips import ClipSpec, make_clip

MEGABYTE = 1024 * 1024
MOST_X_FLOOR, LEAST_X_CHAIN, MOST_PEAK_MB, MOST_QUICK_S = 1.20, 8.0, 350.0, 2.0
PROFILED_S = 20.0
Part = TypeVar("Part", contravariant=True)
CHAIN_PICTURE = "blackdetect,freezedetect,signalstats,blurdetect"
CHAIN_SOUND = "ebur128=peak=true,astats,silencedetect"


def decode_only(path: Path) -> None:
    """Decode picture and sound and drop them: the floor that no analysis can beat."""
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for _ in container.decode(container.streams.video[0], container.streams.audio[0]):
            pass


def full_analysis(path: Path) -> None:
    """Measure the recording as the program does, in this process."""
    analyse(path)


def quick_analysis(path: Path) -> None:
    """Do the quick check."""
    analyse(path, quick=True)


WORK: dict[str, Callable[[Path], None]] = {"floor": decode_only, "full": full_analysis, "quick": quick_analysis}


def peak_memory_mb() -> float | None:
    """Return the highest memory of this process in MB, None where the system does not tell (Windows)."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux's ru_maxrss starts with what the parent had
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


@dataclass(frozen=True)
class Run:
    """What one run cost, without the start of its process."""

    wall_s: float
    cpu_s: float
    peak_mb: float | None


def run_one(what: str, path: Path) -> Run:
    """Run one piece of work in a fresh process."""
    command = [sys.executable, __file__, "--one", what, str(path)]
    return Run(**json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))


def repeat(source: Path, target: Path, times: int) -> None:
    """Write a clip several times over into one file without encoding again."""
    with av.open(str(target), "w") as writer:
        tracks: dict[int, Stream] = {}
        ends: dict[int, int] = {}
        for _ in range(times):
            with av.open(str(source)) as reader:
                streams = (reader.streams.video[0], reader.streams.audio[0])
                for stream in streams:
                    if stream.index not in tracks:
                        tracks[stream.index] = writer.add_stream_from_template(stream)
                shifts: dict[int, int] = {}
                for packet in reader.demux(*streams):
                    if packet.dts is None or packet.pts is None:
                        continue
                    index = packet.stream_index
                    shift = shifts.setdefault(index, ends.get(index, packet.dts) - packet.dts)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    ends[index] = packet.dts + (packet.duration or 0)
                    packet.stream = tracks[index]
                    writer.mux(packet)


def make_clips(folder: Path) -> dict[str, Path]:
    """Make the clips that are not there yet: 60 s of H.264 at 9 Mbit/s, 20 s of ProRes 422 10-bit, both 1080p25."""
    clips = {"H.264 9 Mbit/s 60 s": folder / "h264_60s.mp4", "ProRes 422 10-bit 20 s": folder / "prores_20s.mov"}
    h264, prores = clips.values()
    if not h264.exists():
        short = folder / "h264_12s.mp4"
        make_clip(short, ClipSpec(duration_s=12.0, preset="fast", bitrate_bps=9_000_000))
        repeat(short, h264, 5)
    if not prores.exists():
        short = folder / "prores_4s.mov"
        spec = ClipSpec(duration_s=4.0, video_codec="prores_ks", pixel_format="yuv422p10le", audio_codec="pcm_s24le")
        make_clip(short, spec)
        repeat(short, prores, 5)
    return clips


def kept(good: bool, limit: str) -> str:
    """Return a limit and whether it is kept."""
    return f"({limit}: {'kept' if good else 'NOT KEPT'})"


def run_chain(path: Path) -> Run:
    """Run FFmpeg's own filters over the clip."""
    before = os.times()
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", CHAIN_PICTURE, "-af", CHAIN_SOUND, "-f", "null", "-"]
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    cpu_s = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(after.elapsed - before.elapsed, cpu_s, None)


def compare(clips: dict[str, Path], rounds: int, *, chain: bool) -> None:
    """Print wall and processor time of floor, analysis and chain, and the peak memory of the analysis."""
    for name, path in clips.items():
        runs: dict[str, list[Run]] = {"floor": [], "full": []}
        for _ in range(rounds):
            for what, results in runs.items():
                results.append(run_one(what, path))
        best = {what: best_of(results) for what, results in runs.items()}
        floor, full = best["floor"], best["full"]
        print(f"{name} ({path.stat().st_size / MEGABYTE:.0f} MB), best of {rounds}")
        print(f"  decode only    {floor.wall_s:7.2f} s   CPU {floor.cpu_s:7.2f} s")
        memory = kept((full.peak_mb or 0.0) <= MOST_PEAK_MB, f"at most {MOST_PEAK_MB:.0f}")
        print(f"  full analysis  {full.wall_s:7.2f} s   CPU {full.cpu_s:7.2f} s   peak {full.peak_mb} MB {memory}")
        ratio, cpu_ratio = full.wall_s / floor.wall_s, full.cpu_s / floor.cpu_s
        limit = f"at most {MOST_X_FLOOR:.2f}"
        both = f"{ratio:7.3f} {kept(ratio <= MOST_X_FLOOR, limit)}   CPU {cpu_ratio:.3f}"
        print(f"  x floor        {both} {kept(cpu_ratio <= MOST_X_FLOOR, limit)}")
        quick = best_of([run_one("quick", path) for _ in range(rounds)])
        print(f"  quick          {quick.wall_s:7.2f} s   CPU {quick.cpu_s:7.2f} s", flush=True)
        if chain:
            slow = run_chain(path)
            times, cpu_times = slow.wall_s / full.wall_s, slow.cpu_s / full.cpu_s
            limit = kept(times >= LEAST_X_CHAIN, f"at least {LEAST_X_CHAIN:.0f}")
            print(f"  FFmpeg chain   {slow.wall_s:7.2f} s   CPU {slow.cpu_s:7.2f} s")
            print(f"  x analysis     {times:7.1f} {limit}   CPU {cpu_times:.1f}", flush=True)


def best_of(runs: Sequence[Run]) -> Run:
    """Return the lowest wall and processor time of any run, and the highest memory."""
    peaks_mb = [run.peak_mb for run in runs if run.peak_mb is not None]
    peak_mb = round(max(peaks_mb)) if peaks_mb else None
    return Run(min(run.wall_s for run in runs), min(run.cpu_s for run in runs), peak_mb)


class Analyser(Protocol[Part]):
    """What analysers of picture and sound have in common."""

    def process(self, part: Part, /) -> None:
        """Take one frame or block."""

    def finish(self) -> Outcome:
        """Answer after the last one."""


class Timed(Generic[Part]):
    """An analyser with a stop watch: processor time of this thread.

    What frames work out when first asked (differences, cells, histogram) counts for the analyser that asks first.
    """

    def __init__(self, analyser: Analyser[Part]) -> None:
        self.analyser = analyser
        self.spent_s = 0.0

    def process(self, part: Part) -> None:
        """Hand on one frame or block."""
        began_s = time.thread_time()
        self.analyser.process(part)
        self.spent_s += time.thread_time() - began_s

    def finish(self) -> Outcome:
        """Hand on the end."""
        began_s = time.thread_time()
        outcome = self.analyser.finish()
        self.spent_s += time.thread_time() - began_s
        return outcome


def profile(path: Path, most_s: float) -> None:
    """Print what each analyser of picture and sound costs, the dearest first."""
    with open_recording(path, read_header(path), path.stat().st_size) as opened:
        assert opened.video is not None
        assert opened.video_facts is not None
        opened.video.thread_type = "AUTO"
        track = PictureTrack(opened.video, opened.video_facts, opened.origin_s)
        track.analysers = seen = [Timed(each) for each in track.analysers]
        spent_s = 0.0
        for frame in opened.container.decode(opened.video):
            began_s = time.thread_time()
            track.accept(frame)
            spent_s += time.thread_time() - began_s
            if track.decoded_to_s >= most_s:
                break
        print_costs("picture, µs a frame", seen, spent_s, 1e6 / track.frames)
    with open_recording(path, read_header(path), path.stat().st_size) as opened:
        assert opened.audio is not None
        assert opened.audio_facts is not None
        heard = SoundTrack(opened.audio, opened.audio_facts, opened.origin_s)
        timed: list[Timed[SoundBlock]] = []
        spent_s = from_s = 0.0
        for sound in opened.container.decode(opened.audio):
            began_s = time.thread_time()
            heard.accept(sound)
            spent_s += time.thread_time() - began_s
            if heard.meter is not None and not timed:
                heard.meter.analysers = timed = [Timed(each) for each in heard.meter.analysers]
                spent_s, from_s = 0.0, heard.decoded_to_s
            if heard.decoded_to_s >= most_s:
                break
        print_costs("sound, µs a second", timed, spent_s, 1e6 / (heard.decoded_to_s - from_s))


def print_costs(
    title: str, analysers: Sequence[Timed[FrameView] | Timed[SoundBlock]], spent_s: float, scale: float
) -> None:
    """Print a table of costs; what no analyser spent went into making the views."""
    costs = {type(each.analyser).__name__: each.spent_s for each in analysers}
    costs["(views)"] = spent_s - sum(costs.values())
    print(f"{title}: {scale * spent_s:.0f}")
    for name, cost_s in sorted(costs.items(), key=lambda cost: -cost[1]):
        print(f"  {name:24} {scale * cost_s:8.1f}")


def long_file(folder: Path, minute: Path, minutes: int) -> Path:
    """Return the minute so many times over, made where it is not there yet."""
    path = folder / f"h264_{minutes}min.mp4"
    if not path.exists():
        repeat(minute, path, minutes)
    return path


def compare_memory(folder: Path, minute: Path) -> None:
    """Print the peak memory for one minute and for fifteen."""
    print("Memory")
    for name, path in (("1 minute", minute), ("15 minutes", long_file(folder, minute, 15))):
        run = run_one("full", path)
        peak_mb = run.peak_mb or 0.0
        limit = kept(peak_mb <= MOST_PEAK_MB, f"at most {MOST_PEAK_MB:.0f}")
        print(f"  {name:12} {run.wall_s:8.1f} s   peak {peak_mb:.0f} MB {limit}")


def compare_quick(folder: Path, minute: Path) -> None:
    """Print what the quick check costs for one minute and for thirty, a start of its process included."""
    print("Quick check")
    for name, path in (("1 minute", minute), ("30 minutes", long_file(folder, minute, 30))):
        began_s = time.perf_counter()
        run = run_one("quick", path)
        whole_s = time.perf_counter() - began_s
        limit = kept(run.wall_s <= MOST_QUICK_S, f"at most {MOST_QUICK_S:.0f}")
        print(f"  {name:12} {run.wall_s:8.2f} s {limit}   with the start of the process {whole_s:.2f} s")


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--one", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--memory", action="store_true", help="peak memory for 1 and for 15 minutes alone")
    options.add_argument("--long", action="store_true", help="the quick check of 1 and of 30 minutes alone")
    options.add_argument("--profile", action="store_true", help="what each analyser costs alone")
    options.add_argument("--all", action="store_true", help="everything but the profile")
    options.add_argument("--no-chain", action="store_true", help="without FFmpeg's own filter chain, which is slow")
    options.add_argument("--dir", type=Path, help="folder that keeps the clips for the next time")
    chosen = options.parse_args()
    if chosen.one:
        what, file = chosen.one
        began_s, began_cpu_s = time.perf_counter(), time.process_time()
        WORK[what](Path(file))
        run = Run(time.perf_counter() - began_s, time.process_time() - began_cpu_s, peak_memory_mb())
        print(json.dumps(asdict(run)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.dir or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        clips = make_clips(folder)
        minute = next(iter(clips.values()))
        alone = chosen.profile or chosen.memory or chosen.long
        if chosen.profile:
            for name, path in clips.items():
                print(name)
                profile(path, PROFILED_S)
        if chosen.all or not alone:
            compare(clips, chosen.rounds, chain=not chosen.no_chain and shutil.which("ffmpeg") is not None)
        if chosen.all or chosen.memory:
            compare_memory(folder, minute)
        if chosen.all or chosen.long or not alone:
            compare_quick(folder, minute)


if __name__ == "__main__":
    main()
