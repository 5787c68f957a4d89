"""Kill crawls, fill disks, turn the clock, and print what the archive has lost.

    python -m tests.acceptance.crash RIGS [--kills 200] [--articles 400] [--variant NAME ...]

RIGS is the folder that holds crash/ and hostile/. Needs root: everything runs in a network and a mount namespace of its
own (isolated.sh). The newsroom is the hostile rig's without its faults; what an undisturbed crawl of it archives is
what every disturbed one must have in the end. Exit 1 where a target is missed.
"""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from kickcrawl import CHECKOUT
from tests.acceptance.check import Finding

PORT = 8099
BASE = f"http://127.0.0.1:{PORT}"
REFETCHED = 16  # pages fetched again for each kill, at most
SHARE = 0.01  # of all pages fetched again after the clock was wrong, at most
SECONDS = 10  # until a crawl has ended that was told to, or that found the disk full, at most
SIZES = (4, 150, 290, 300, 310, 330, 400, 700, 1100, 1600, 2200)  # KiB of a disk: it is full at another write each time
TOKEN = "RAHASIA-7f3a91c2"  # what no file may hold after a kill
Report = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """A newsroom that is being served, and the folder for what is done to its crawls."""

    rigs: Path
    folder: Path

    @property
    def access(self) -> Path:
        return self.folder / "access.log"

    @property
    def must(self) -> int:
        return len(json.loads((self.folder / "truth.json").read_text())["must_archive"])

    def new(self, name: str) -> Path:
        """Return a folder for an archive, and let the newsroom forget what it was asked."""
        folder = self.folder / name / "archive"
        folder.mkdir(parents=True)
        self.access.write_text("")
        urlopen(f"{BASE}/__rig/reset", timeout=10).close()
        return folder

    def disturb(self, variant: str, *options: str, name: str = "", prefix: str = "", delay: float = 0) -> Report:
        """Run a variant of the crash rig on a new archive; return its report."""
        folder = self.new(name or variant)
        command = folder.parent / "crawl.sh"
        command.write_text(f"#!/bin/sh\ncd {CHECKOUT}\nexec {prefix} {' '.join(crawling(folder, delay))}\n")
        command.chmod(0o755)
        rig = [
            sys.executable, str(self.rigs / "crash" / "crash.py"), "--variant", variant, "--db", f"{folder}/archive.db",
            "--warc", f"{folder}/warc/*.warc.gz", "--truth", str(self.folder / "truth.json"), "--access",
            str(self.access), "--out", str(folder.parent / "crawl.log"), "--repair", " ".join(verifying(folder)),
            *options, "--", str(command),
        ]  # fmt: skip
        done = subprocess.run(rig, capture_output=True, text=True, check=False)
        try:
            return json.loads(done.stdout) | {"name": name or variant}
        except ValueError:
            raise SystemExit(f"the rig failed: {done.stdout}{done.stderr}") from None


def crawling(folder: Path, delay: float = 0) -> list[str]:
    """Return the command that crawls the newsroom into the archive in *folder*."""
    settings = ["-s", f"ARCHIVE={folder}/archive.db", "-s", f"DOWNLOAD_DELAY={delay}"]
    return [str(CHECKOUT / ".venv/bin/scrapy"), "crawl", "news", "-a", f"url={BASE}/", *settings]


def verifying(folder: Path) -> list[str]:
    return [str(CHECKOUT / ".venv/bin/kickcrawl"), "verify", "--archive", f"{folder}/archive.db"]


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


def count(folder: Path, what: str = "articles") -> int:
    """Return the rows in the archive; 0 while there is none."""
    try:
        connection = sqlite3.connect(f"file:{folder}/archive.db?mode=ro", uri=True)
        with closing(connection):
            return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill(stage: Stage, kills: int) -> list[Finding]:
    """kill -9 of the whole process group, again and again."""
    report = stage.disturb("kill", "--kills", str(kills), "--min", "1", "--max", "3", "--check-each")
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
    # Root itself, without the capabilities that let root write everywhere: another user may not read the checkout.
    report = stage.disturb("readonly", "--user", "root", prefix="setpriv --bounding-set=-all --inh-caps=-all")
    return [*sound(report, exits=1), equal("readonly: the file is as it was", report["db_unchanged"], True)]


def locked(stage: Stage, _: int) -> list[Finding]:
    return sound(stage.disturb("locked", "--hold", "30", delay=0.03))


def clock(stage: Stage, _: int) -> list[Finding]:
    findings = []
    for jump in ("-400d", "+30y"):
        report = stage.disturb("clock", f"--jump={jump}", name=f"clock {jump}".replace(" ", ""))
        share = round(report["refetched_ok_articles"] / report["must"], 4)
        findings += [*sound(report), at_most(f"clock {jump}: share fetched again", share, SHARE)]
    return findings


def twice(stage: Stage, _: int) -> list[Finding]:
    report = stage.disturb("twice")
    return [*sound(report), equal("twice: exit statuses", sorted(report["rc"]), [0, 1])]


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
        equal("processes left 10 s after a kill", processes(crawl.pid), []),
        equal("files with secrets after a kill", files, []),
    ]


def listening() -> set[str]:
    """Return the TCP ports that are listened on in this network namespace, and the UDP ports that are open."""
    lines = [
        (kind, line.split())
        for kind in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/self/net/{kind}").read_text().splitlines()[1:]
    ]
    return {f"{kind} {fields[1]}" for kind, fields in lines if fields[3] == "0A" or kind.startswith("udp")}


def processes(session: int) -> list[str]:
    done = subprocess.run(["ps", "-o", "args=", "-s", str(session)], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until *condition* holds, at most a minute: what follows says what was missed."""
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


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


@contextmanager
def staged(rigs: Path, folder: Path, articles: int) -> Iterator[Stage]:
    """Serve a newsroom of *articles*; what an undisturbed crawl archives becomes its truth."""
    command = [sys.executable, str(rigs / "hostile" / "serve.py"), "--port", str(PORT), "--articles", str(articles)]
    command += ["--faults", "none", "--truth", "truth.json", "--canary", "canary.log", "--access", "access.log"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            stage = Stage(rigs, folder)
            wait_for(is_served)
            undisturbed = folder / "undisturbed"
            undisturbed.mkdir()
            subprocess.run(crawling(undisturbed), check=True, capture_output=True)
            keep_truth(folder / "truth.json", undisturbed / "archive.db")
            yield stage
        finally:
            server.kill()


def is_served() -> bool:
    try:
        urlopen(f"{BASE}/__rig/stats", timeout=10).close()
    except OSError:
        return False
    return True


def keep_truth(truth: Path, archive: Path) -> None:
    """Leave in *truth* what *archive* has."""
    with closing(sqlite3.connect(archive)) as connection:
        held = {url for (url,) in connection.execute("SELECT url FROM articles")}
    told = json.loads(truth.read_text())
    told["must_archive"] = [article for article in told["must_archive"] if article["url"] in held]
    if not told["must_archive"]:
        raise SystemExit("an undisturbed crawl archives nothing of the rig's newsroom")
    truth.write_text(json.dumps(told))


def isolated(rigs: Path) -> None:
    """Start this very command again in namespaces of its own."""
    if os.environ.get("KICKCRAWL_ISOLATED") != "1":
        os.environ["KICKCRAWL_ISOLATED"] = "1"
        again = [sys.executable, "-m", "tests.acceptance.crash", *sys.argv[1:]]
        os.execv(rigs / "hostile" / "isolated.sh", ["isolated.sh", "unshare", "--mount", *again])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("rigs", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--variant", choices=VARIANTS, action="append")
    parser.add_argument("--keep", type=Path, help="work here, and leave everything")
    asked = parser.parse_args()
    isolated(asked.rigs.resolve())
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
