"""A small fleet on Ray and S3 that loses workers, Ray's head and its store while it crawls: nothing is lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kickcrawl import CHECKOUT
from tests.support.fleets import needs_ray

SHARDS, OUTLETS, ARTICLES = 16, 32, 10


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.fleet", "--shards", str(SHARDS), "--outlets", str(OUTLETS)]
    command += ["--articles", str(ARTICLES), "--kills", "2", "--stores", "1", "--json"]
    command += ["--keep", str(tmp_path_factory.mktemp("fleet"))]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=840, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@needs_ray
class TestAFleetUnderBlows:
    def test_has_every_article_exactly_once(self, told: dict[str, Any]) -> None:
        assert (told["articles"], told["twice"], told["missing"]) == (OUTLETS * ARTICLES, [], [])

    def test_loses_no_run(self, told: dict[str, Any]) -> None:
        assert (told["runs"], told["broken"]) == ({"2": OUTLETS}, [])  # one of each round
        assert [(round["left"], round["failed"]) for round in told["rounds"]] == [({}, {}), ({}, {})]

    def test_never_crawls_an_outlet_by_two_at_once(self, told: dict[str, Any]) -> None:
        assert told["at_once"] == []

    def test_refuses_what_a_frozen_worker_would_write(self, told: dict[str, Any]) -> None:
        assert told["refused"] == 1

    def test_was_struck(self, told: dict[str, Any]) -> None:
        blows = " ".join(told["blows"])
        assert blows.count("killed at its crawl") == 2
        for what in ("frozen", "awakes", "the head's machine killed", "the store killed", "requests read again"):
            assert what in blows


def test_without_ray_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    command = [str(CHECKOUT / ".venv" / "bin" / "kickcrawl"), "fleet", "status", "--fleet", str(tmp_path)]
    environment = {"PATH": "/usr/bin:/bin", "KICKCRAWL_FLEET_STARTED": "1"}  # as if its environment lacked it
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "`make fleet` installs them" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
