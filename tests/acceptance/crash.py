"""Kill crawls, fill disks, turn the clock, and print what the archive has lost.

    python -m tests.acceptance.crash RIGS [--kills 200] [--articles 400] [--variant NAME ...]

RIGS is the folder that holds crash/ and hostile/. Needs root: everything runs in a network and a mount namespace of its
own (isolated.sh). The newsroom is the hostile rig's without its faults; what an undisturbed crawl of it archives is
what every disturbed one must have in the end. Exit 1 where a target is missed.
"""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kickcrawl import CHECKOUT, RELEASED
from tests.acceptance.check import Finding
from tests.acceptance.stage import (
    Report,
    Stage,
    count,
    crawling,
    isolated,
    listening,
    processes,
    staged,
    verifying,
    wait_for,
)

REFETCHED = 16  # pages fetched again for each kill, at most
SHARE = 0.01  # of all pages fetched again after the clock was wrong, at most
SECONDS = 10  # until a crawl has ended that was told to, or that found its disk full or read-only, at most
REFUSAL = 5  # seconds until the second of two crawls of one outlet has ended, at most
STARTS = 3  # the same in starts of Scrapy at that moment, whichever is more: on a busy machine a start takes seconds
SIZES = (4, 150, 290, 300, 310, 330, 400, 700, 1100, 1600, 2200)  # KiB of a disk: it is full at another write each time
TOKEN = "RAHASIA-7f3a91c2"  # what no file may hold after a kill


def sound(report: Report, *, exits: int = 0) -> list[Finding]:
    """Return what holds for every variant of the rig in the end: nothing lost, doubled or torn."""
    name = report["name"]
    return [
        equal(f"{name}: lost", report["lost"], 0),
        equal(f"{name}: doubled", report["duplicated"], 0),
        equal(f"{name}: torn WARC records", len(report["warc"]["bad"]), 0),
        equal(f"{name}: articles without their page", report["warc"].get("articles_without_raw_page", 0), 0),
        equal(f"{name}: integrity and full-text checks", report["integrity"], "ok"),
        equal(f"{name}: exit status of kickcrawl verify", report["repair_rc"], 0),
        equal(f"{name}: exit status in the end", report["last_rc"], exits),
    ]


def equal(what: str, measured: object, target: object) -> Finding:
    return Finding(what, str(measured), str(target), [] if measured == target else [str(measured)])


def at_most(what: str, measured: float, target: float) -> Finding:
    return Finding(what, f"{measured:g}", f"at most {target:g}", [] if measured <= target else [f"{measured:g}"])


def kill(stage: Stage, kills: int) -> list[Finding]:
    """kill -9 of the whole process group, again and again: about every third time before the first article."""
    least, most = 0.7 * stage.first, 1.3 * stage.first + 0.5
    options = ["--kills", str(kills), "--min", f"{least:.2f}", "--max", f"{most:.2f}", "--check-each"]
    report = stage.disturb("kill", *options)
    done = max(1, report["kills"])
    return [
        *sound(report),
        equal(f"kill: damaged after one of {done} kills", len(report["bad_after_kill"]), 0),
        at_most("kill: pages fetched again a kill", round(report["refetched_ok_articles"] / done, 2), REFETCHED),
    ]


def full(stage: Stage, _: int) -> list[Finding]:
    """A disk that is full, at its first write or at a later one; then it has room again."""
    findings = []
    for size in SIZES:
        folder = stage.new(f"full-{size}")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], check=True)
        began = time.monotonic()
        first = subprocess.run(crawling(folder), capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        said = [line for line in first.stderr.splitlines() if line.startswith("kickcrawl: ")]
        named = bool(said) and str(folder) in said[-1] and "full" in said[-1]
        subprocess.run(["mount", "-o", "remount,size=1g", folder], check=True)
        last = subprocess.run(crawling(folder), capture_output=True, text=True, check=False)
        verified = subprocess.run(verifying(folder), capture_output=True, check=False).returncode
        measured = (first.returncode, named, "Traceback" in first.stderr, last.returncode, count(folder), verified)
        findings += [
            equal(f"disk of {size} KiB: exit, named, then all", measured, (1, True, False, 0, stage.must, 0)),
            at_most(f"disk of {size} KiB: seconds", round(seconds, 1), SECONDS),
        ]
        subprocess.run(["umount", "--lazy", folder], check=True)
    return findings


def readonly(stage: Stage, _: int) -> list[Finding]:
    """An archive in a folder and in files that nobody may write to: said at once, and not a byte is changed."""
    # Root itself, without the capabilities that let root write everywhere: another user may not read the checkout.
    plain = "setpriv --bounding-set=-all --inh-caps=-all"
    report = stage.disturb("readonly", "--user", "root", prefix=plain)
    folder = stage.folder / "readonly" / "archive"
    shut = [folder, *folder.iterdir()]
    modes = [path.stat().st_mode for path in shut]
    for path in shut:
        path.chmod(0o555 if path.is_dir() else 0o444)
    began = time.monotonic()
    done = subprocess.run([*plain.split(), *crawling(folder)], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    for path, mode in zip(shut, modes, strict=True):
        path.chmod(mode)
    said = [line for line in done.stderr.splitlines() if line.startswith("kickcrawl: ")]
    return [
        *sound(report, exits=1),
        equal("readonly: the file is as it was", report["db_unchanged"], True),
        equal("readonly: exit, named", (done.returncode, bool(said) and str(folder) in said[-1]), (1, True)),
        at_most("readonly: seconds", round(seconds, 1), SECONDS),
    ]


def locked(stage: Stage, _: int) -> list[Finding]:
    return sound(stage.disturb("locked", "--hold", "30", delay=0.03))


def clock(stage: Stage, _: int) -> list[Finding]:
    """A clock far behind and far ahead; then the true one.

    What was fetched by a clock that is behind counts as checked when this kickcrawl was made. So it is compared with
    what a crawl at that time would have fetched again by now, for its age.
    """
    since_release = int((datetime.now(UTC) - RELEASED).total_seconds())
    usual = stage.disturb("clock", f"--jump={-since_release:+d}", name="clock-release")
    findings, due = sound(usual), _share(usual)
    for jump in ("-400d", "+30y"):
        report = stage.disturb("clock", f"--jump={jump}", name=f"clock {jump}".replace(" ", ""))
        bound = round(SHARE + due, 4)
        findings += [*sound(report), at_most(f"clock {jump}: share fetched again", _share(report), bound)]
    return findings


def _share(report: Report) -> float:
    return round(report["refetched_ok_articles"] / report["must"], 4)


def twice(stage: Stage, _: int) -> list[Finding]:
    report = stage.disturb("twice")
    folder = stage.new("twice, one after the other")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(crawling(folder, 0.1), **quiet) as first:  # type: ignore[call-overload]
        wait_for(lambda: count(folder) > 0)
        began = time.monotonic()
        second = subprocess.run(crawling(folder), **quiet, check=False)  # type: ignore[call-overload]
        seconds = time.monotonic() - began
        was_running = first.poll() is None
        subprocess.run([crawling(folder)[0], "list"], **quiet, cwd=CHECKOUT, check=True)  # type: ignore[call-overload]
        bound = max(REFUSAL, round(STARTS * (time.monotonic() - began - seconds), 1))
    return [
        *sound(report),
        equal("twice: exit statuses", sorted(report["rc"]), [0, 1]),
        equal("twice: the second, beside the first", (second.returncode, was_running), (1, True)),
        at_most("twice: seconds until the second has refused", round(seconds, 1), bound),
        equal("twice: archived by the first", count(folder), stage.must),
    ]


def stop(stage: Stage, _: int) -> list[Finding]:
    """SIGTERM and SIGINT: what is in flight is finished, and nothing stays leased."""
    findings, folder = [], stage.new("stop")
    for told in (signal.SIGTERM, signal.SIGINT):
        before = count(folder)
        with subprocess.Popen(crawling(folder, 0.02), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as crawl:
            wait_for(lambda before=before: count(folder) > before + 20)  # type: ignore[misc]
            began = time.monotonic()
            crawl.send_signal(told)
            status = crawl.wait(60)
        leased = count(folder, "frontier WHERE state = 'leased'")
        findings += [
            equal(f"{told.name}: exit status, left in hand", (status, leased), (1, 0)),
            at_most(f"{told.name}: seconds until the end", round(time.monotonic() - began, 1), SECONDS),
        ]
    subprocess.run(crawling(folder), capture_output=True, check=False)
    return [*findings, equal("stopped twice, then run: archived", count(folder), stage.must)]


def left(stage: Stage, _: int) -> list[Finding]:
    """What a killed crawl leaves: no process, no port, no file with a secret of its environment."""
    folder, ports = stage.new("left"), listening()
    environment = {**os.environ, "API_TOKEN": TOKEN, "TMPDIR": str(folder)}
    log = (folder / "crawl.log").open("wb")
    with log, subprocess.Popen(crawling(folder, 0.02), stderr=log, env=environment, start_new_session=True) as crawl:
        wait_for(lambda: count(folder) > 20)
        opened = listening() - ports
        crawl.kill()
    wait_for(lambda: not processes(crawl.pid))
    files = [path for path in folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    return [
        equal("ports opened by a crawl", sorted(opened), []),
        equal("processes left a minute after a kill", processes(crawl.pid), []),
        equal("files with secrets after a kill", files, []),
    ]


VARIANTS: dict[str, Callable[[Stage, int], list[Finding]]] = {
    "kill": kill,
    "stop": stop,
    "full": full,
    "readonly": readonly,
    "locked": locked,
    "clock": clock,
    "twice": twice,
    "left": left,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("rigs", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--variant", choices=VARIANTS, action="append")
    parser.add_argument("--keep", type=Path, help="work here, and leave everything")
    asked = parser.parse_args()
    isolated(asked.rigs.resolve(), "tests.acceptance.crash", "unshare", "--mount")
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="kickcrawl-crash-"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # a variant runs as another user
    missed = 0
    try:
        with staged(asked.rigs.resolve(), folder.resolve(), asked.articles) as stage:
            for name in asked.variant or VARIANTS:
                for finding in VARIANTS[name](stage, asked.kills):
                    print(finding, flush=True)
                    missed += not finding.ok
    finally:
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return min(missed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
