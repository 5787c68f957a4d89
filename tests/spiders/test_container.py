"""The Containerfile's steps do what they should. No container is built here: its steps are taken in a folder."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT

FILE = CHECKOUT / "Containerfile"
KNOWN = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD"}
OF_THE_SYSTEM = ("apt-get", "useradd")  # a RUN that begins so changes the image's system


def steps() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile, each with its arguments on one line."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", FILE.read_text()))
    return [(name, arguments) for name, _, arguments in (line.partition(" ") for line in text.splitlines() if line)]


def test_instructions_are_known_and_copy_what_is_there() -> None:
    assert {name for name, _ in steps()} == KNOWN
    for name, arguments in steps():
        if name == "COPY":
            assert all((CHECKOUT / source).exists() for source in arguments.split()[:-1]), arguments


@pytest.mark.slow
def test_steps_make_a_kickcrawl_that_runs(tmp_path: Path) -> None:
    work, start = tmp_path / "work", list[str]()
    work.mkdir()
    for name, arguments in steps():
        if name == "COPY":
            *sources, target = arguments.split()
            for source in map(CHECKOUT.joinpath, sources):
                if source.is_dir():
                    shutil.copytree(source, work / target, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(source, work / target)
        elif name == "RUN" and not arguments.startswith(OF_THE_SYSTEM):
            subprocess.run(["/bin/sh", "-c", arguments], cwd=work, check=True, timeout=600)
        elif name in ("ENTRYPOINT", "CMD"):
            start += json.loads(arguments)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "KICKCRAWL_ARCHIVE": str(tmp_path / "archive.db")}
    done = subprocess.run(start, cwd=work, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2  # nobody has said yet who crawls
    assert "KICKCRAWL_CONTACT" in done.stderr
    listed = subprocess.run(
        [start[0], "outlets"], cwd=work, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    assert "kicknews" in listed.stdout
