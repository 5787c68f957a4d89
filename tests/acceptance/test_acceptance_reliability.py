"""Crashes, markup in every field, a hostile site and other projects' tests, where the rigs and suites are at hand.

tests.acceptance.crash, .markup, .hostile and .suites print the whole tables.
"""

import os
import shutil
import subprocess
import sys

import pytest

from kickcrawl import CHECKOUT
from tests.acceptance.markup import CHROMIUM

RIGS = CHECKOUT.parent / "shared" / "rigs"
SUITES = CHECKOUT.parent / "shared" / "data" / "suites"

pytestmark = pytest.mark.skipif(
    os.environ.get("KICKCRAWL_ACCEPTANCE") != "1", reason="set KICKCRAWL_ACCEPTANCE=1 to kill crawls for some minutes"
)


def run(module: str, *arguments: object) -> None:
    """Run a table to its end; what it prints is shown where a target is missed."""
    command = [sys.executable, "-m", f"tests.acceptance.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--variant", "kill", "--kills", 25, "--articles", 600), id="killed 25 times"),
        pytest.param(("--variant", "full", "--variant", "readonly", "--articles", 200), id="full and read-only disks"),
        pytest.param(
            ["--articles", 200, *(f"--variant={name}" for name in ("stop", "locked", "clock", "twice", "left"))],
            id="stopped, locked, with a wrong clock, two at once",
        ),
    ],
)
@pytest.mark.skipif(not (RIGS / "crash").exists(), reason=f"the rig is not there: {RIGS / 'crash'}")
@pytest.mark.skipif(os.geteuid() != 0, reason="the rig mounts disks and must be started as root")
@pytest.mark.skipif(shutil.which("faketime") is None, reason="no faketime is installed: apt-get install faketime")
def test_nothing_is_lost_doubled_or_torn(arguments: tuple[object, ...]) -> None:
    run("crash", RIGS, *arguments)


@pytest.mark.skipif(not (RIGS / "hostile").exists(), reason=f"the rig is not there: {RIGS / 'hostile'}")
@pytest.mark.skipif(os.geteuid() != 0, reason="the rig needs a network namespace and must be started as root")
@pytest.mark.parametrize("variant", ["site", "robots"])
def test_hostile_site_loses_nothing_and_lets_no_one_in(variant: str) -> None:
    run("hostile", RIGS, "--variant", variant)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium")
def test_markup_is_shown_as_text_and_does_not_run() -> None:
    run("markup")


@pytest.mark.skipif(not SUITES.exists(), reason=f"the suites are not there: {SUITES}")
@pytest.mark.parametrize("suite", ["feeds", "sitemaps", "robots", "urls", "entities", "addresses", "strings"])
def test_every_input_of_a_suite_is_answered_or_refused_by_name(suite: str) -> None:
    run("suites", SUITES, "--suite", suite)
