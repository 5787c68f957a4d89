"""The outlet files are read once a crawl, by whichever part asks first."""

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.outlet import BUNDLED
from tests.newsroom import serve
from tests.support.crawling import SCRAPY

# Python runs this when it starts: it notes each outlet file that the process opens.
NOTE_OPENED = """
import os, sys

def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".toml"):
        line = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(line, f"{arguments[0]}\\n".encode())
        os.close(line)

sys.addaudithook(note)
"""


@pytest.mark.crawl
@pytest.mark.slow
def test_each_outlet_file_is_read_once_a_crawl(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NOTE_OPENED)
    opened = tmp_path / "opened"
    with serve(seed=5, articles=4) as site:
        done = subprocess.run(
            [SCRAPY, "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={tmp_path / 'archive.db'}",
             "-s", "DOWNLOAD_DELAY=0"],
            cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(tmp_path), "OPENED": str(opened)},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    times = Counter(Path(line) for line in opened.read_text().splitlines() if Path(line).is_relative_to(BUNDLED))
    assert set(times) == set(BUNDLED.rglob("*.toml"))
    assert set(times.values()) == {1}
