"""Judge a coverage certificate: what was published and is held, by day, against what ``kickcrawl coverage`` says."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kickcrawl import CHECKOUT

KICKCRAWL = Path(sys.executable).parent / "kickcrawl"
Found = Mapping[str, Any]  # a certificate, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong with the certificate of a newsroom, sentences; and its figures.

    Of *days* with articles, *equal* have as many named and archived as were published and are; *left_open* have fewer,
    and their state says that this may be so.
    """

    newsroom: str
    wrong: tuple[str, ...]
    published: int
    named: int
    archived: int
    days: int
    equal: int
    left_open: int
    states: Mapping[str, int]


def certificate(archive: Path, *options: str) -> Found:
    """Return what ``kickcrawl coverage`` says of the one outlet of *archive*."""
    command = [str(KICKCRAWL), "coverage", "--archive", str(archive), "--json", *options]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    [found] = json.loads(done.stdout)
    return dict(found)


def judge(newsroom: str, of: Counter[str], held: Counter[str], found: Found) -> Verdict:
    """Hold a certificate against how many articles *of* each day were published, and are *held*; '' has no day."""
    wrong = [*_sums(of, held, found)]
    rows = {row["label"]: row for row in found["rows"]}
    # What a month, a last change or its naming dates may stand on a later day than its own.
    # So may what is not to be fetched: robots.txt shuts it out before anything tells its day.
    undated = sum(found["dated_by"].get(by, 0) for by in _UNDATED) + found["total"]["excluded"]
    equal, left_open, stray = 0, 0, 0
    days = sorted((of.keys() | {day for day, row in rows.items() if _told(row)}) - {""})
    for day in days:
        row = rows.get(day, _NOTHING)
        surplus, lacks = _told(row) - of[day], held[day] - row["archived"]
        stray += max(0, surplus, -lacks)
        equal += surplus == 0 and lacks == 0
        left_open += surplus < 0 and row["state"] != "complete"
        if surplus < 0 and row["state"] == "complete":
            wrong.append(f"{day}: called complete, though {-surplus} of {of[day]} were never named")
        if lacks > undated:
            wrong.append(f"{day}: {row['archived']} are called archived, {held[day]} are")
        if row["archived"] < row["named"] and row["state"] in ("complete", "named"):
            wrong.append(f"{day}: called {row['state']}, though {row['missing']} are missing")
    if stray > undated:
        wrong.append(f"{stray} articles stand on days that are not theirs, {undated} have none of their own")
    told = found["total"]
    return Verdict(
        newsroom=newsroom, wrong=tuple(wrong), published=of.total(), named=told["named"], archived=told["archived"],
        days=len(days), equal=equal, left_open=left_open, states=told["days"],
    )  # fmt: skip


_UNDATED = ("month in its address", "last change", "first named")
_NOTHING: Found = {"named": 0, "archived": 0, "excluded": 0, "missing": 0, "state": "unknown"}


def _told(row: Found) -> int:
    return int(row["named"]) + int(row["excluded"])


def _sums(of: Counter[str], held: Counter[str], found: Found) -> Iterator[str]:
    told = found["total"]
    if told["named"] != told["archived"] + told["gone"] + told["rejected"] + told["waiting"]:
        yield "the states do not add up to those named"
    if _told(told) > of.total():
        yield f"{_told(told)} are named, {of.total()} were published"
    if told["archived"] != held.total():
        yield f"{told['archived']} are called archived, {held.total()} are"
