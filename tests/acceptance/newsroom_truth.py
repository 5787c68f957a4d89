"""What a made-up newsroom ever published: its stories by their days, and which of them an archive holds.

In: a case of the newsrooms (its answers, phase by phase) and an archive's file. Out: counts by day, '' being the
stories whose day nobody could know.
"""

import importlib.util
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

HOME = "http://127.0.0.1:8180/"
_STORY = re.compile(r"<article><h1>(.*?)</h1>(?:<time datetime=\"(\d{4}-\d\d-\d\d)[^\"]*\">)?", re.DOTALL)
Shown = tuple[str, str, str]  # path, headline, day


@dataclass(slots=True)
class Story:
    """A story: the day on which it was published, and every path and headline that it ever had."""

    day: str
    known_by: set[str] = field(default_factory=set)


def load_case(folder: Path) -> ModuleType:
    """Return the case of *folder*."""
    spec = importlib.util.spec_from_file_location(f"case_{folder.name}", folder / "case.py")
    assert spec is not None, "the case is a file"
    assert spec.loader is not None, "the case is Python"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__.update(PORT=8180, OTHER=8181)
    return module


def stories_of(case: ModuleType, variant: str) -> list[Story]:
    """Return the stories of a case; what stood at one path, or under one headline, is one story."""
    stories: list[Story] = []
    for path, headline, day in _shown(case, variant):
        names = {path, plain(headline)}
        known = next((story for story in stories if story.known_by & names), None)
        if known is None:
            stories.append(Story(day, names))
        else:
            known.known_by |= names
    return stories


def published(stories: Iterable[Story]) -> Counter[str]:
    """Return how many stories were published on each day."""
    return Counter(story.day for story in stories)


def archived(stories: Iterable[Story], archive: Path) -> tuple[Counter[str], list[str]]:
    """Return how many stories of each day *archive* holds, by their headlines, and the headlines of its other articles.

    A story that it holds twice is counted twice.
    """
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        headlines = [plain(row[0]) for row in connection.execute("SELECT title FROM articles")]
    days = {name: story.day for story in stories for name in story.known_by}
    return Counter(days[one] for one in headlines if one in days), [one for one in headlines if one not in days]


def plain(text: str) -> str:
    """Return *text* as headlines are compared."""
    return " ".join((text or "").split()).casefold()


def _shown(case: ModuleType, variant: str) -> Iterator[Shown]:
    name = case.__name__.removeprefix("case_").partition("-")[0]
    if name in _TOLD:
        yield from _TOLD[name](case)
        return
    phases = case.PHASES[variant] if isinstance(case.PHASES, dict) else case.PHASES
    for phase in range(1, phases + 1):
        for path, answer in case.answers(phase, HOME, variant).items():
            text = answer if isinstance(answer, str) else ""
            if match := _STORY.match(text, max(0, text.find("<article><h1>"))):
                yield path, match[1], match[2] or ""


# Cases whose stories are sent in odd ways, stand behind a wall, or do not say their day: their files tell it otherwise.


def _walled(case: ModuleType) -> Iterator[Shown]:
    return ((case.path(i), case.title_of(i), case.ago(10 + 20 * i)[:10]) for i in case.IDS)


def _odd(case: ModuleType) -> Iterator[Shown]:
    return ((case.path(n), case.title_of(n), case.ago(10 + n)[:10]) for n in range(len(case.NAMES)))


def _gated(case: ModuleType) -> Iterator[Shown]:
    return ((f"/kabar/{i}", case.title_of(i), case.ago(10 + 20 * i)[:10]) for i in case.IDS)


def _dated_by_feed(case: ModuleType) -> Iterator[Shown]:
    for number, name in enumerate(case.NAMES):
        at = case.KINDS[name][1]
        day = f"{datetime.fromisoformat(at).astimezone(ZoneInfo('Asia/Makassar')):%Y-%m-%d}" if at else ""
        yield f"/kabar/{number}", case.title_of(number), day


_TOLD = {"c07": _walled, "c15": _odd, "c18": _gated, "c26": _dated_by_feed}
