"""A checkout to run the docs' commands in: this one's code, an archive of its own as `make demo` leaves it."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kickcrawl import CHECKOUT
from tests.newsroom import serve
from tests.support.crawling import crawl

_OWN = ("data", "build", ".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
ARTICLES = 120  # as tests/demo.py has


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder that looks like the checkout; *names* are what stands for the words in capitals of the docs."""

    folder: Path
    names: Mapping[str, str]

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a shell script in it, to the first command that fails; what asks whether it may is told that it may."""
        environment = {**os.environ, "KICKCRAWL_CONTACT": "uji@example.org", "PYTHONPATH": str(CHECKOUT)}
        environment.pop("KICKCRAWL_ARCHIVE", None)
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder, env=environment, capture_output=True, text=True, timeout=600, check=False, input="y\n",
        )  # fmt: skip


def make_demo(folder: Path) -> Path:
    """Crawl the made-up newsroom twice, as the demo does; return the archive."""
    archive = folder / "archive.db"
    with serve(seed=7, articles=ARTICLES) as site:
        assert crawl(archive, site.base).status == 0
        site.modify(6)
        site.reprint(2)
        site.publish(2)
        site.trash(1)
        assert crawl(archive, site.base).status == 0
    return archive


def make_stage(folder: Path, demo: Path) -> Stage:
    """Return a stage in *folder* with two copies of the archive *demo*: data/archive.db and data/demo/archive.db."""
    folder.mkdir()
    for path in CHECKOUT.iterdir():
        if path.name not in _OWN:
            (folder / path.name).symlink_to(path)
    for data in (folder / "data", folder / "data" / "demo"):
        data.mkdir()
        shutil.copytree(demo.parent / "warc", data / "warc")
        with closing(sqlite3.connect(demo)) as source, closing(sqlite3.connect(data / "archive.db")) as copy:
            source.backup(copy)
        (data / "warc.owner").write_text("archive.db\n")
    with closing(sqlite3.connect(demo)) as source:
        id, url = source.execute("SELECT id, url FROM articles WHERE revision > 1 ORDER BY id LIMIT 1").fetchone()
    page = folder / "halaman.html"
    page.write_text("<html><head><title>Padi</title></head><body><article><p>Petani memanen padi.</p></article></body>")
    (folder / "PAGES.jsonl").write_text(json.dumps({"id": "1", "url": url, "file": str(page)}) + "\n")
    return Stage(folder, {"ID": id, "URL": url, "FILE": "salinan.db"})
