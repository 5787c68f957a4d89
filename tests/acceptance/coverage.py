"""Hold coverage certificates against newsrooms whose truth is known: what was published on each day, and was named.

    python -m tests.acceptance.coverage newsrooms CASES WORK [--case c21 ...]
    python -m tests.acceptance.coverage wordpress RIG WORK [--faults]

CASES is the folder of made-up newsrooms, WORK where their archives were kept (common/run.py --work WORK). Of each the
certificate must count every article that the newsroom published as archived, as missing with a reason, or leave its day
open; a day on which one is missing must not be called complete. Exit 1 where a figure is not that of the truth.
"""

import argparse
import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from kickcrawl import CHECKOUT

KICKCRAWL = Path(sys.executable).parent / "kickcrawl"
_STORY = re.compile(r"<article><h1>.*?</h1>(?:<time datetime=\"(\d{4}-\d\d-\d\d)[^\"]*\">)?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong with the certificate of a newsroom, sentences; and its figures."""

    newsroom: str
    wrong: tuple[str, ...]
    published: int
    named: int
    archived: int
    states: Mapping[str, int]


def certificate(archive: Path, *options: str) -> dict[str, Any]:
    """Return what ``kickcrawl coverage`` says of the one outlet of *archive*."""
    command = [str(KICKCRAWL), "coverage", "--archive", str(archive), "--json", *options]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    [found] = json.loads(done.stdout)
    return dict(found)


def judge(newsroom: str, published: Counter[str], found: Mapping[str, Any]) -> Verdict:
    """Hold a certificate against how many articles were *published* on each day; '' are those without a day."""
    rows = {row["label"]: row for row in found["rows"]}
    wrong = []
    for day, count in sorted(published.items()):
        row = rows.get(day)
        if not day or row is None:
            continue
        if row["named"] > count:
            wrong.append(f"{day}: {row['named']} are named, {count} were published")
        if row["named"] < count and row["state"] == "complete":
            wrong.append(f"{day}: called complete, though {count - row['named']} of {count} were never named")
        if row["archived"] < row["named"] and row["state"] in ("complete", "named"):
            wrong.append(f"{day}: called {row['state']}, though {row['missing']} are missing")
    told = found["total"]
    if told["named"] != told["archived"] + told["gone"] + told["rejected"] + told["waiting"]:
        wrong.append("the states do not add up to those named")
    if told["named"] > published.total():
        wrong.append(f"{told['named']} are named, {published.total()} were published")
    return Verdict(
        newsroom=newsroom,
        wrong=tuple(wrong),
        published=published.total(),
        named=told["named"],
        archived=told["archived"],
        states=told["days"],
    )


def judge_newsrooms(cases: Path, work: Path, chosen: list[str]) -> Iterator[Verdict]:
    """Judge the archives of the made-up newsrooms that were kept in *work*."""
    sys.path.insert(0, str(cases / "common"))
    for archive in sorted(work.glob("*/*/archive.db")):
        case, variant = archive.parts[-3:-1]
        if not chosen or case.partition("-")[0] in chosen:
            published = _published(_load(cases / case), variant)
            yield judge(f"{case} {variant}", published, certificate(archive))


def _published(case: ModuleType, variant: str) -> Counter[str]:
    """Return how many stories a newsroom ever showed, by their days; one at two addresses is one."""
    phases = case.PHASES[variant] if isinstance(case.PHASES, dict) else case.PHASES
    stories: dict[str, str] = {}
    for phase in range(1, phases + 1):
        for answer in case.answers(phase, "http://127.0.0.1:8180/", variant).values():
            text = answer if isinstance(answer, str) else ""
            if match := _STORY.match(text, max(0, text.find("<article><h1>"))):
                stories.setdefault(match[0].partition("</h1>")[0], match[1] or "")
    return Counter(stories.values())


def _load(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"case_{folder.name}", folder / "case.py")
    assert spec is not None, "the case is a file"
    assert spec.loader is not None, "the case is Python"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__.update(PORT=8180, OTHER=8181)
    return module


def main() -> None:
    """Print a line for each newsroom."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rig", choices=["newsrooms"])
    parser.add_argument("cases", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--case", action="append", default=[], help="only this one (c21); may be given again")
    options = parser.parse_args()
    verdicts = list(judge_newsrooms(options.cases, options.work, options.case))
    for one in verdicts:
        told = f"{one.published} published, {one.named} named, {one.archived} archived; days {dict(one.states)}"
        print(f"{one.newsroom}: {told}{''.join(f'{chr(10)}  {sentence}' for sentence in one.wrong)}")
    right = sum(not one.wrong for one in verdicts)
    print(f"{right} of {len(verdicts)} right")
    sys.exit(right < len(verdicts))


if __name__ == "__main__":
    main()
