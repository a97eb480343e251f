"""Compare allocators on one invented round per size: seconds, peak memory, and whether they agree.

    python bench/placement/run.py [--sizes 1000,10000] [--contenders numba,command] [--limit SECONDS]

Every contender runs in a process of its own, so that its peak memory (ru_maxrss) is its own; a process that takes longer than the limit is
ended. The numbers of `fast` are the best of three, the others one run; `cpu s` is the processor time of the same work, which a busy machine
disturbs less. `command` is the whole of `goliard place`: files read, audit passed, reasons and report written. OR-Tools and `matching` are
compared where they are installed (`pip install --group bench`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import data
from contenders import CONTENDERS, SAME

HERE = Path(__file__).resolve().parent
SIZES = (1_000, 10_000, 100_000)
TARGETS = {("numba (fast)", 1_000_000): 1.0, ("command", 1_000_000): 60.0}  # processor seconds: all of it is one thread


def main() -> int:
    options = _options()
    if options.one:
        print(json.dumps(_one(options.one, Path(options.data))))
        return 0
    chosen = [name for name in [*CONTENDERS, "command"] if any(word in name for word in options.contenders.split(","))]
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{data.WISHES} wishes an applicant, {data.DESTINATIONS:,} destinations, seed {data.SEED}\n")
    print(f"{'applicants':>10}  {'contender':18} {'prepare s':>10} {'solve s':>10} {'cpu s':>9} {'peak MB':>8} {'placed':>9}  result")
    missed = False
    for size in (int(text) for text in options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "round.npz"
            data.make(size, path)
            agreed: set[str] = set()
            for name in chosen:
                row = _command(path, options.limit) if name == "command" else _apart(name, path, options.limit)
                agreed |= {row["result"]} if name in SAME and row["placed"] is not None else set()
                missed |= row["processor"] is not None and row["processor"] > TARGETS.get((name, size), float("inf"))
                _print(size, name, row)
            if len(agreed) > 1:
                print("the allocators of the same problem do not agree")
                missed = True
    return int(missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--contenders", default="", help="words of names, by comma")
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--data", help=argparse.SUPPRESS)
    return parser.parse_args()


def _one(name: str, path: Path) -> dict[str, object]:
    given, prepare, solve, processor = CONTENDERS[name](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = hashlib.sha256(given.astype("<i8").tobytes()).hexdigest()[:8]
    return {"prepare": prepare, "solve": solve, "processor": processor, "peak": peak, "placed": int((given >= 0).sum()), "result": result}


def _apart(name: str, path: Path, limit: float) -> dict[str, object]:
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, "--data", str(path)], capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return _failed(f"not within {limit:.0f} s")
    if done.returncode:
        return _failed((done.stderr.strip().splitlines() or ["ended"])[-1][:60])
    return dict(json.loads(done.stdout))


def _failed(why: str) -> dict[str, object]:
    return {"prepare": None, "solve": None, "processor": None, "peak": None, "placed": None, "result": why}


def _command(path: Path, limit: float) -> dict[str, object]:
    folder = path.parent
    data.write_files(path, folder / "A.csv", folder / "D.csv")
    call = [sys.executable, "-m", "goliard", "place", "--applicants", "A.csv", "--destinations", "D.csv", "--ties", "applicant"]
    watch = f"import resource, subprocess, sys; code = subprocess.call({[*call, '--out', 'OUT.csv', '--report', 'R.json']!r}); "
    watch += "use = resource.getrusage(resource.RUSAGE_CHILDREN); "
    watch += "print(use.ru_maxrss / 1024, use.ru_utime + use.ru_stime); sys.exit(code)"
    begin = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, "-c", watch],
            capture_output=True,
            text=True,
            timeout=limit,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1] / "src")},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _failed(f"not within {limit:.0f} s")
    if done.returncode:
        return _failed(done.stderr.strip()[:60])
    seconds = time.perf_counter() - begin
    peak, processor = (float(text) for text in done.stdout.split()[-2:])
    report = json.loads((folder / "R.json").read_text())
    result = f"audit {'passed' if report['audit']['passed'] else 'FAILED'}, OUT {(folder / 'OUT.csv').stat().st_size / 1e6:.0f} MB"
    return {
        "prepare": None,
        "solve": seconds,
        "processor": processor,
        "peak": peak,
        "placed": report["counts"]["placed"],
        "result": result,
    }


def _print(size: int, name: str, row: dict[str, object]) -> None:
    shown = [f"{row[key]:>{width},.{places}f}" if row[key] is not None else " " * (width - 1) + "-" for key, width, places in COLUMNS]
    print(f"{size:>10,}  {name:18} {' '.join(shown)}  {row['result']}", flush=True)


COLUMNS = (("prepare", 10, 2), ("solve", 10, 4), ("processor", 9, 3), ("peak", 8, 0), ("placed", 9, 0))

if __name__ == "__main__":
    sys.exit(main())
