"""What measuring a recording costs: decode-only floor, whole analysis, FFmpeg's own filters, memory, quick check.

    python benchmarks/recording.py              # both clips, three rounds, the medians, FFmpeg's chain once (slow)
    python benchmarks/recording.py --no-chain   # without FFmpeg's filters
    python benchmarks/recording.py --memory     # peak memory for 1 and for 15 minutes
    python benchmarks/recording.py --long       # the quick check of 1 and of 30 minutes (2 GB of disk)
    python benchmarks/recording.py --all        # everything, for a quiet machine

Every run is a process of its own; floor and analysis take turns, so that a busy machine hurts both. Behind a figure
stands the limit that it must keep.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import av
from av.stream import Stream

from app.media.analyse import analyse
from app.sample.clips import ClipSpec, make_clip

MEGABYTE = 1024 * 1024
MOST_X_FLOOR, LEAST_X_CHAIN, MOST_PEAK_MB, MOST_QUICK_S = 1.20, 8.0, 350.0, 2.0
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


def run_chain(path: Path) -> float:
    """Run FFmpeg's own filters over the clip; return wall seconds."""
    began = time.perf_counter()
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", CHAIN_PICTURE, "-af", CHAIN_SOUND, "-f", "null", "-"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def compare(clips: dict[str, Path], rounds: int, *, chain: bool) -> None:
    """Print wall time and memory of floor and analysis."""
    for name, path in clips.items():
        runs: dict[str, list[Run]] = {"floor": [], "full": []}
        for _ in range(rounds):
            for what, results in runs.items():
                results.append(run_one(what, path))
        wall_s = {what: statistics.median(run.wall_s for run in results) for what, results in runs.items()}
        cpu_s = {what: statistics.median(run.cpu_s for run in results) for what, results in runs.items()}
        peak_mb = max(run.peak_mb or 0.0 for run in runs["full"])
        print(f"{name} ({path.stat().st_size / MEGABYTE:.0f} MB)")
        print(f"  decode only    {wall_s['floor']:7.2f} s   CPU {cpu_s['floor']:7.2f} s")
        memory = kept(peak_mb <= MOST_PEAK_MB, f"at most {MOST_PEAK_MB:.0f}")
        print(f"  full analysis  {wall_s['full']:7.2f} s   CPU {cpu_s['full']:7.2f} s   peak {peak_mb:.0f} MB {memory}")
        ratio, cpu_ratio = wall_s["full"] / wall_s["floor"], cpu_s["full"] / cpu_s["floor"]
        print(f"  x floor        {ratio:7.3f}     CPU {cpu_ratio:7.3f} {kept(ratio <= MOST_X_FLOOR, 'at most 1.20')}")
        print(f"  quick          {run_one('quick', path).wall_s:7.2f} s")
        if chain:
            chain_s = run_chain(path)
            times = chain_s / wall_s["full"]
            print(f"  FFmpeg chain   {chain_s:7.2f} s   {times:.1f} x {kept(times >= LEAST_X_CHAIN, 'at least 8')}")


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
    options.add_argument("--all", action="store_true", help="everything")
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
        if chosen.all or not (chosen.memory or chosen.long):
            compare(clips, chosen.rounds, chain=not chosen.no_chain and shutil.which("ffmpeg") is not None)
        if chosen.all or chosen.memory:
            compare_memory(folder, minute)
        if chosen.all or chosen.long:
            compare_quick(folder, minute)


if __name__ == "__main__":
    main()
