"""`kickcrawl fleet run` over simulated outlets, measured: what docs/scale.md holds its model against.

    python -m tests.bench.scale.measured --shards 8 --outlets 64 --articles 10 [--workers 2] [--idle]

A new fleet in a temporary folder, the outlets of tests/newsroom/region.py, all well, served by a process that is not
counted. CPU is that of all processes of the command, Ray's too: each is looked at ten times a second, so that up to a
tenth of a second of each is lost. The machine's speed is asked all the while: a piece of work that is always the same,
in milliseconds of CPU, since a core that is shared takes more of them for the same. Linux only; needs `make fleet`.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
from uuid import uuid4

from kickcrawl import CHECKOUT
from tests.bench.region import served
from tests.newsroom.region import REGION, write_files
from tests.support.crawling import KICKCRAWL

PORT = 8871  # of all simulated outlets, each at an address of its own
PULSE = 0.1  # seconds between two looks at the processes
PROBE_EVERY = 5.0  # seconds
_MARK = "KICKCRAWL_MEASURED"
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A round of a fleet. *cpu*, *wall*: seconds; *probe*: ms that the same work took; *load*: of the machine.

    *archives*, *warc*: bytes in the storage; *puts*: files that were created there.
    """

    shards: int
    outlets: int
    articles: int
    requests: int
    cpu: float
    wall: float
    probe: float
    load: float
    archives: int
    warc: int
    puts: int


def measure(*, shards: int, outlets: int, articles: int, workers: int, rounds: int, port: int) -> Iterator[Measured]:
    """Yield what each of so many rounds took, of a new fleet; all but the first find nothing new."""
    wanted = {"outlets": outlets, "dead": 0, "slow": 0, "busy": 0, "hostile": 0, "articles": articles, "port": port}
    with tempfile.TemporaryDirectory() as temporary, served(**wanted) as simulated:
        folder = Path(temporary)
        write_files(simulated, folder / "outlets" / REGION.lower())
        storage = folder / "fleet"
        command = [str(KICKCRAWL), "fleet", "run", *(one.slug for one in simulated), "--fleet", str(storage), "--json"]
        command += ["--work", str(folder / "work"), "--shards", str(shards), "--workers", str(workers), "--all"]
        command += ["-s", f"OUTLETS={folder / 'outlets'}"]
        before = 0
        for _ in range(rounds):
            told, cpu, wall, probe, load = _watch(command)
            archives, warc, puts = weigh(storage)
            yield Measured(
                shards=told["shards"],
                outlets=told["counts"]["crawled"],
                articles=told["counts"].get("new", 0),
                requests=told["counts"]["requests"],
                cpu=cpu,
                wall=wall,
                probe=probe,
                load=load,
                archives=archives,
                warc=warc,
                puts=puts - before,
            )
            before = puts


def weigh(storage: Path) -> tuple[int, int, int]:
    """Return the bytes of the newest archives in a fleet's folder and of its WARC files, and how many files were made.

    Of states only the newest are kept, but they are numbered; archives are named in them.
    """
    archives = warc = 0
    puts = 1  # fleet.json
    for shard in (storage / "shards").iterdir():
        newest = json.loads(max((shard / "log").glob("*.json")).read_text())
        archives += sum(part["archive"]["size"] for part in newest["parts"] if part["archive"])
        files = [file for file in (shard / "warc").rglob("*") if file.is_file()] if (shard / "warc").exists() else []
        warc += sum(file.stat().st_size for file in files if file.suffix != ".json")
        rounds = {file.stem for file in (shard / "archives").glob("*.db")}
        puts += newest["number"] + len(files) + len(rounds)
    return archives, warc, puts


def probe() -> float:
    """Return the milliseconds of CPU that a fixed piece of work takes now."""
    begun = time.thread_time()
    data, words = b"", dict[str, int]()
    for number in range(20_000):
        word = f"kata{number % 977}"
        words[word] = words.get(word, 0) + number
        if number % 100 == 0:
            data = sha256(data + json.dumps(words).encode()).digest()
    return 1000 * (time.thread_time() - begun)


def _watch(command: list[str]) -> tuple[dict, float, float, float, float]:  # type: ignore[type-arg]
    mark = uuid4().hex
    used: dict[tuple[int, str], float] = {}
    probes, loads, next_probe, begun = list[float](), list[float](), 0.0, time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env={**os.environ, "RAY_worker_niceness": "0", _MARK: mark}, stdout=out
        )
        known: dict[int, bool] = {}
        while process.poll() is None:
            _look(mark, known, used)
            if time.monotonic() >= next_probe:
                probes.append(probe())
                loads.append(os.getloadavg()[0])
                next_probe = time.monotonic() + PROBE_EVERY
            time.sleep(PULSE)
        wall = time.monotonic() - begun
        out.seek(0)
        told = json.loads(out.read())
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:3])} ended with status {process.returncode}: {told}")
    return told, sum(used.values()), wall, median(probes), median(loads)


def _look(mark: str, known: dict[int, bool], used: dict[tuple[int, str], float]) -> None:
    """Note what each process that has *mark* in its environment has used up to now, by its id and its start."""
    alive = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    for pid in set(known) - alive:
        del known[pid]
    for pid in alive:
        try:
            if not known.get(pid):  # a process that has just been forked may have no environment yet
                known[pid] = f"{_MARK}={mark}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
            if known[pid]:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                used[pid, fields[19]] = (int(fields[11]) + int(fields[12])) / _TICK
        except OSError:
            continue  # it has ended meanwhile


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale.measured", description=__doc__)
    for name, value in {"shards": 8, "outlets": 64, "articles": 10, "workers": 2, "rounds": 1, "port": PORT}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    for one in measure(**vars(parser.parse_args())):
        print(json.dumps(asdict(one)), flush=True)


if __name__ == "__main__":
    main()
