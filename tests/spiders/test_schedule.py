"""What docs/schedule.md tells the operator to install works as written."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.support.crawling import rows
from tests.support.scripted import Answer, Script, newsroom, scripted, story

UNITS = CHECKOUT / "docs" / "systemd"
SCHEDULE = (CHECKOUT / "docs" / "schedule.md").read_text()


def installed(folder: Path) -> list[str]:
    """Copy the units into *folder* as they stand for this checkout and one outlet; return their names."""
    for unit in UNITS.glob("kickcrawl*"):
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
    for unit in (*UNITS.glob("*.timer"), UNITS / "kickcrawl-keep.service"):
        assert unit.name.replace("@.timer", "@kicknews.timer") in SCHEDULE


def cron_lines() -> list[str]:
    return [line.strip() for line in SCHEDULE.splitlines() if re.match(r"\s+\S*\d+ \S+ \* \* \* ", line)]


def cron_command(line: str, folder: Path) -> str:
    """Return what cron gives to the shell for *line*, with the archive's *folder* in the place of the document's."""
    command = line.split(" ", 5)[5].replace("\\%", "%")  # cron takes a bare % for a line break
    return command.replace("/opt/kickcrawl", str(CHECKOUT)).replace("/var/lib/kickcrawl", str(folder))


def cron_environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": str(folder),
        "KICKCRAWL_ARCHIVE": str(folder / "archive.db"),
    }  # fmt: skip


@pytest.mark.parametrize("line", cron_lines(), ids=["run", "crawl", "backup"])
def test_cron_line_runs_in_crons_bare_environment_and_prints_one_line(tmp_path: Path, line: str) -> None:
    assert "%" not in line.replace("\\%", "")
    done = subprocess.run(
        ["/bin/sh", "-c", cron_command(line, tmp_path)], env=cron_environment(tmp_path), cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # Without a contact nothing is crawled, and without an archive nothing backed up: each says so and no more.
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("kickcrawl: ")
    assert "KICKCRAWL_CONTACT" in sentence or "there is no archive here" in sentence


@pytest.mark.crawl
@pytest.mark.slow
def test_cron_line_serves_two_outlets_that_start_in_the_same_minute(tmp_path: Path) -> None:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    waits = threading.Barrier(2, timeout=60)  # the front page of each is answered once both are crawled

    def answers(slug: str) -> Callable[[str, int], Answer]:
        def extra(path: str, turn: int) -> Answer | None:
            if path == "/" and turn == 1:
                waits.wait()
            if path == "/sitemap.xml":
                return Answer(sitemap(f"{sites[slug].base}/kabar/{slug}"), kind="text/xml")
            return None

        return newsroom({f"/kabar/{slug}": lambda _turn: story(f"Panen bawang di {slug}")}, extra)

    sites: dict[str, Script] = {}
    with scripted(answers("warta")) as sites["warta"], scripted(answers("kabar")) as sites["kabar"]:
        crawls = []
        for slug, site in sites.items():
            (outlets / f"{slug}.toml").write_text(OUTLET_FILE.format(name=slug, home=site.base))
            line = cron_lines()[1].replace("outlet=kicknews", f"outlet={slug}")
            environment = cron_environment(tmp_path) | {"KICKCRAWL_OUTLETS": str(outlets)}
            command = ["/bin/sh", "-c", cron_command(line, tmp_path)]
            crawls.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        said = [process.communicate(timeout=120)[0] for process in crawls]
    assert [process.returncode for process in crawls] == [0, 0]
    assert said == [b"", b""]
    archived = rows(tmp_path / "archive.db", "SELECT outlet FROM articles ORDER BY outlet")
    assert [row["outlet"] for row in archived] == ["kabar", "warta"]


OUTLET_FILE = """
name = "{name}"
home = "{home}/"
delay = 0
[seeds]
sitemaps = ["/sitemap.xml"]
[urls]
article = ["^/kabar/"]
"""


def sitemap(*urls: str) -> str:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"


@pytest.mark.parametrize(
    ("result", "said", "is_mailed"),
    [
        ("exit-code", "kickcrawl: warta: out of reach", True),
        ("exit-code", "still failing: warta: out of reach", False),
        ("exit-code", "still failing: warta: sepi\nkickcrawl: kabar: out of reach", True),
        ("success", "warta: 3 stored", False),
        ("success", "kickcrawl: warta is well again", True),
        ("oom-kill", "warta: 3 stored", True),
    ],
)
def test_mail_is_sent_of_what_is_new_only(tmp_path: Path, result: str, said: str, is_mailed: bool) -> None:
    for name, text in {"journalctl": f"printf '%s\\n' '{said}'", "mail": f"cat > {tmp_path}/sent"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin", "KICKCRAWL_CONTACT": "a@example.org", "MONITOR_INVOCATION_ID": "1",
        "MONITOR_SERVICE_RESULT": result,
    }  # fmt: skip
    subprocess.run([UNITS / "mail-what-is-new.sh", "kickcrawl@warta.service"], env=environment, check=True)
    assert (tmp_path / "sent").exists() is is_mailed
