"""What docs/schedule.md tells the operator to install works as written."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT

UNITS = CHECKOUT / "docs" / "systemd"
SCHEDULE = (CHECKOUT / "docs" / "schedule.md").read_text()


def installed(folder: Path) -> list[str]:
    """Copy the units into *folder* as they stand for this checkout and one outlet; return their names."""
    for unit in UNITS.iterdir():
        name = unit.name.replace("@.", "@kicknews.") if "alarm" not in unit.name else unit.name
        (folder / name).write_text(unit.read_text().replace("/opt/kickcrawl", str(CHECKOUT)))
    return sorted(unit.name for unit in folder.iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_units_are_in_order(tmp_path: Path) -> None:
    names = installed(tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in names)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    own = [line for line in done.stderr.splitlines() if "kickcrawl" in line]
    assert own == []


def test_units_start_what_is_there() -> None:
    for unit in UNITS.glob("*.service"):
        for program in re.findall(r"/opt/kickcrawl/(\S+)", "\n".join(re.findall(r"ExecStart=.*", unit.read_text()))):
            assert os.access(CHECKOUT / program, os.X_OK), f"{unit.name}: {program}"


def test_every_unit_is_named_in_the_document() -> None:
    for unit in UNITS.glob("*.timer"):
        assert unit.name.replace("@.timer", "@kicknews.timer") in SCHEDULE


def cron_lines() -> list[str]:
    return [line.strip() for line in SCHEDULE.splitlines() if re.match(r"\s+\d+ \S+ \* \* \* ", line)]


@pytest.mark.parametrize("line", cron_lines(), ids=["crawl", "backup"])
def test_cron_line_runs_in_crons_bare_environment_and_prints_one_line(tmp_path: Path, line: str) -> None:
    command = line.split(" ", 5)[5].replace("\\%", "%")  # cron takes a bare % for a line break
    assert "%" not in line.replace("\\%", "")
    command = command.replace("/opt/kickcrawl", str(CHECKOUT)).replace("/var/lib/kickcrawl", str(tmp_path))
    environment = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": str(tmp_path)}
    environment["KICKCRAWL_ARCHIVE"] = str(tmp_path / "archive.db")
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    # Without a contact nothing is crawled, and without an archive nothing backed up: each says so and no more.
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("kickcrawl: ")
    assert "KICKCRAWL_CONTACT" in sentence or "there is no archive here" in sentence
