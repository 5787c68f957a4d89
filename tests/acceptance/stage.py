"""A newsroom for crawls that are to be disturbed: the hostile rig's, without its faults, and what is asked of it.

What an undisturbed crawl of it archives is what every disturbed one must have in the end.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from kickcrawl import CHECKOUT

PORT = 8099
BASE = f"http://127.0.0.1:{PORT}"
Report = dict[str, Any]


def isolated(rigs: Path, module: str, *within: str) -> None:
    """Start the command *module* again, as it was asked for, in a network of its own and *within* another command."""
    if os.environ.get("KICKCRAWL_ISOLATED") != "1":
        os.environ["KICKCRAWL_ISOLATED"] = "1"
        again = [*within, sys.executable, "-m", module, *sys.argv[1:]]
        os.execv(rigs / "hostile" / "isolated.sh", ["isolated.sh", *again])


@dataclass(frozen=True)
class Stage:
    """A newsroom that is being served, and the folder for what is done to its crawls."""

    rigs: Path
    folder: Path
    first: float  # seconds from the start of an undisturbed crawl to its first article, on this machine today

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


@contextmanager
def staged(rigs: Path, folder: Path, articles: int) -> Iterator[Stage]:
    """Serve a newsroom of *articles*; what an undisturbed crawl archives becomes its truth."""
    command = [sys.executable, str(rigs / "hostile" / "serve.py"), "--port", str(PORT), "--articles", str(articles)]
    command += ["--faults", "none", "--truth", "truth.json", "--canary", "canary.log", "--access", "access.log"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(is_served)
            undisturbed = folder / "undisturbed"
            undisturbed.mkdir()
            began = time.monotonic()
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            with subprocess.Popen(crawling(undisturbed), **quiet) as crawl:
                wait_for(lambda: count(undisturbed) > 0)
                first = time.monotonic() - began
            if crawl.returncode:
                raise SystemExit(f"an undisturbed crawl ends with exit status {crawl.returncode}")
            keep_truth(folder / "truth.json", undisturbed / "archive.db")
            yield Stage(rigs, folder, first)
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


def count(folder: Path, what: str = "articles") -> int:
    """Return the rows in the archive; 0 while there is none."""
    try:
        connection = sqlite3.connect(f"file:{folder}/archive.db?mode=ro", uri=True)
        with closing(connection):
            return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


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
