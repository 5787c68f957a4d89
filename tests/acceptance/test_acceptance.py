"""Acceptance on a real WordPress newsroom, where one is at hand; tests.acceptance.wordpress prints the whole table."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.acceptance.wordpress import VARIANTS, Rig, first_run, later_runs, trouble

RIG = CHECKOUT.parent / "shared" / "rigs" / "wordpress"
POSTS = 400

pytestmark = [
    pytest.mark.skipif(
        os.environ.get("KICKCRAWL_ACCEPTANCE") != "1",
        reason="set KICKCRAWL_ACCEPTANCE=1 to build a real WordPress site",
    ),
    pytest.mark.skipif(not RIG.exists(), reason=f"the rig is not there: {RIG}"),
    pytest.mark.skipif(os.geteuid() != 0, reason="the rig installs packages and must be started as root"),
]


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    """A WordPress of 400 posts on a free port, in a folder that its web server may read."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="kickcrawl-rig-"))
    folder.chmod(0o755)
    work = folder / "work"
    environment = {**os.environ, "RIG_WORK": str(work), "PORT": str(port), "SEED": "31"}
    try:
        subprocess.run([RIG / "up.sh", str(POSTS)], env=environment, check=True, timeout=900)
        yield Rig(RIG, work)
    finally:
        subprocess.run([RIG / "down.sh", "-q"], env=environment, check=False, timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def test_first_run_and_runs_after_edits_reach_every_target(rig: Rig, tmp_path: Path) -> None:
    findings = first_run(rig, tmp_path / "archive.db", (), bounded=True)
    findings += later_runs(rig, tmp_path / "archive.db", ())
    findings += trouble(rig, tmp_path / "archive.db")
    print(*findings, sep="\n")
    assert [str(finding) for finding in findings if not finding.ok] == []


def test_without_rest_and_feeds_the_sitemap_carries_the_crawl(rig: Rig, tmp_path: Path) -> None:
    switches, may_be_null = VARIANTS["seo-sitemap"]
    rig.switch(switches)
    findings = first_run(rig, tmp_path / "archive.db", may_be_null, bounded=True)
    assert [str(finding) for finding in findings if not finding.ok] == []
