"""Kill crawls, fill disks, turn the clock, and print what the archive has lost: the table of issue 6's crash rig.

    python -m tests.acceptance.crash RIGS [--kills 200] [--articles 1500] [--variant NAME ...]

RIGS is the folder that holds crash/ and hostile/. Needs root: everything runs in a network and a mount namespace of its
own (isolated.sh). The newsroom is the hostile rig's without its faults; what an undisturbed crawl of it archives is
what every disturbed one must have in the end. Exit 1 where a target is missed.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
Report = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """A newsroom that is being served, and the folder for what is done to its crawls."""

    rigs: Path
    folder: Path
    articles: int

    @property
    def access(self) -> Path:
        return self.folder / "access.log"

    def crawl(self, folder: Path, prefix: str = "") -> Path:
        """Return a command that crawls the newsroom into an archive in *folder*, started through *prefix*."""
        command = folder.with_name(f"{folder.name}.sh")
        command.write_text(
            f"#!/bin/sh\ncd {CHECKOUT}\nexec {prefix} .venv/bin/scrapy crawl news -a url={BASE}/ "
            f"-s ARCHIVE={folder}/archive.db -s DOWNLOAD_DELAY=0\n"
        )
        command.chmod(0o755)
        return command

    def disturb(self, variant: str, *options: str, folder: Path | None = None, prefix: str = "") -> Report:
        """Run a variant of the crash rig on a new archive; return its report, with what `kickcrawl verify` says."""
        folder = folder or self.folder / variant / "archive"
        folder.mkdir(parents=True, exist_ok=True)
        self.access.write_text("")
        urlopen(f"{BASE}/__rig/reset", timeout=10).close()
        command = [
            sys.executable, str(self.rigs / "crash" / "crash.py"), "--variant", variant, "--db", f"{folder}/archive.db",
            "--warc", f"{folder}/warc/*.warc.gz", "--truth", str(self.folder / "truth.json"), "--access",
            str(self.access), "--out", str(folder.with_name(f"{folder.name}.log")), *options, "--",
            str(self.crawl(folder, prefix)),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            return json.loads(done.stdout) | verified(folder / "archive.db")  # type: ignore[no-any-return]
        except ValueError:
            raise SystemExit(f"the rig failed: {done.stdout}{done.stderr}") from None


def verified(archive: Path) -> Report:
    """Return what `kickcrawl verify` says of *archive*: its exit status and its words."""
    command = [str(CHECKOUT / ".venv/bin/kickcrawl"), "verify", "--archive", str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"verify": done.returncode, "said": (done.stdout + done.stderr).strip()}


def sound(report: Report, *, exits: tuple[int, ...] = (0,)) -> list[Finding]:
    """Return what holds for every variant in the end: nothing lost, doubled or torn."""
    name = report["variant"]
    return [
        equal(f"{name}: lost", report["lost"], 0),
        equal(f"{name}: doubled", report["duplicated"], 0),
        equal(f"{name}: torn WARC records", len(report["warc"]["bad"]), 0),
        equal(f"{name}: articles without their page", report["warc"].get("articles_without_raw_page", 0), 0),
        equal(f"{name}: integrity and full-text checks", report["integrity"], "ok"),
        equal(f"{name}: kickcrawl verify", report["verify"], 0, report["said"]),
        Finding(f"{name}: exit status in the end", str(report["last_rc"]), " or ".join(map(str, exits)),
                [] if report["last_rc"] in exits else [report["said"]]),
    ]  # fmt: skip


def equal(what: str, measured: object, target: object, why: str = "") -> Finding:
    return Finding(what, str(measured), str(target), [] if measured == target else [why or f"{measured}"])


def at_most(what: str, measured: float, target: float) -> Finding:
    return Finding(what, f"{measured:g}", f"at most {target:g}", [] if measured <= target else [f"{measured:g}"])


def kill(stage: Stage, kills: int) -> list[Finding]:
    options = ["--kills", str(kills), "--min", "0.3", "--max", "3", "--check-each"]
    report = stage.disturb("kill", *options)
    done = max(1, report["kills"])
    return [
        *sound(report),
        equal(f"kill: damaged after one of {done} kills", len(report["bad_after_kill"]), 0),
        at_most("kill: pages fetched again a kill", round(report["refetched_ok_articles"] / done, 2), REFETCHED),
    ]


def diskfull(stage: Stage, _: int) -> list[Finding]:
    mount = stage.folder / "diskfull" / "archive"
    report = stage.disturb("diskfull", "--mount", str(mount), "--size", "2", folder=mount)
    return sound(report)


def readonly(stage: Stage, _: int) -> list[Finding]:
    # Root itself, without the capabilities that let root write everywhere: another user may not read the checkout.
    report = stage.disturb("readonly", "--user", "root", prefix="setpriv --bounding-set=-all --inh-caps=-all")
    return [*sound(report, exits=(1,)), equal("readonly: the file is as it was", report["db_unchanged"], True)]


def locked(stage: Stage, _: int) -> list[Finding]:
    return sound(stage.disturb("locked", "--hold", "30"))


def clock(stage: Stage, _: int) -> list[Finding]:
    return [finding for jump in ("-400d", "+30y") for finding in _clock(stage, jump)]


def _clock(stage: Stage, jump: str) -> list[Finding]:
    report = stage.disturb("clock", f"--jump={jump}", folder=stage.folder / f"clock{jump}")
    print(report)
    again = report["refetched_ok_articles"] / report["must"]
    return [*sound(report), at_most(f"clock {jump}: share of pages fetched again", again, SHARE)]


def twice(stage: Stage, _: int) -> list[Finding]:
    report = stage.disturb("twice")
    return [*sound(report), equal("twice: exit statuses", sorted(report["rc"]), [0, 1])]


VARIANTS: dict[str, Callable[[Stage, int], list[Finding]]] = {
    "kill": kill,
    "diskfull": diskfull,
    "readonly": readonly,
    "locked": locked,
    "clock": clock,
    "twice": twice,
}


@contextmanager
def staged(rigs: Path, folder: Path, articles: int) -> Iterator[Stage]:
    """Serve a newsroom of *articles*; what an undisturbed crawl archives becomes its truth."""
    command = [sys.executable, str(rigs / "hostile" / "serve.py"), "--port", str(PORT), "--articles", str(articles)]
    command += ["--faults", "none", "--truth", "truth.json", "--canary", "canary.log", "--access", "access.log"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            stage = Stage(rigs, folder, articles)
            await_server()
            undisturbed = folder / "undisturbed"
            undisturbed.mkdir()
            subprocess.run([stage.crawl(undisturbed)], check=True, capture_output=True)
            keep_truth(folder / "truth.json", undisturbed / "archive.db")
            yield stage
        finally:
            server.kill()


def await_server() -> None:
    while True:
        try:
            urlopen(f"{BASE}/__rig/stats", timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def keep_truth(truth: Path, archive: Path) -> None:
    """Leave in *truth* what *archive* has."""
    connection = sqlite3.connect(archive)
    held = {url for (url,) in connection.execute("SELECT url FROM articles")}
    connection.close()
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
    parser.add_argument("--articles", type=int, default=1500)
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
