"""A run that finds nothing new starts no other process: what its seeds answer was read before."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from archive.seeds.read_before import HEAVY, READ, READ_AGAIN
from kickcrawl import CHECKOUT
from tests.newsroom import serve
from tests.support.crawling import SCRAPY, crawl, rows, value

# Python runs this when it starts: each interpreter says that there is one more. The fork server of workers is one.
NOTE_STARTED = """
import os
line = os.open(os.environ["STARTED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(line, b"one more\\n")
os.close(line)
"""


def interpreters(folder: Path, archive: Path, base: str) -> int:
    """Crawl, and return how many interpreters that took."""
    (folder / "sitecustomize.py").write_text(NOTE_STARTED)
    started = folder / "started"
    started.unlink(missing_ok=True)
    done = subprocess.run(
        [SCRAPY, "crawl", "kicknews", "-a", f"base_url={base}", "-s", f"ARCHIVE={archive}", "-s", "DOWNLOAD_DELAY=0"],
        cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(folder), "STARTED": str(started)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return len(started.read_text().splitlines())


def counts(archive: Path) -> dict[str, int]:
    """Return what the last run counted."""
    found: dict[str, int] = json.loads(value(archive, "SELECT counts FROM runs ORDER BY id DESC LIMIT 1"))
    return found


@pytest.mark.crawl
def test_idle_run_starts_no_worker_and_notes_the_same(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=5, articles=6) as site:
        assert crawl(archive, site.base).status == 0
        assert counts(archive)[READ] > 0
        assert crawl(archive, site.base).status == 0  # the list of posts is asked for what was modified: new bytes
        before = counts(archive)
        assert interpreters(tmp_path, archive, site.base) == 1
        after = counts(archive)
        assert after[READ_AGAIN] == before[READ] + before[READ_AGAIN]
        assert READ not in after
        assert HEAVY not in after
        told = rows(archive, "SELECT seeds, addresses FROM runs ORDER BY id DESC LIMIT 2")
        seeds = [[{**seed, "read_at": None} for seed in json.loads(run["seeds"])] for run in told]
        assert seeds[0] == seeds[1]
        assert told[0]["addresses"] == told[1]["addresses"]
        site.publish(2)
        assert crawl(archive, site.base).status == 0
        assert counts(archive)["stored"] == 2
        assert counts(archive)[READ] > 0
