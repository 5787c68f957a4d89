"""Hold coverage certificates against newsrooms whose truth is known: what was published on each day, and was named.

    python -m tests.acceptance.coverage newsrooms CASES WORK [--case c21 ...]
    python -m tests.acceptance.coverage wordpress RIG WORK

CASES is the folder of made-up newsrooms, WORK where their archives were kept (common/run.py --work WORK). Of each the
certificate must count every article that the newsroom published as archived, as missing with a reason, or leave its day
open; a day on which one is missing must not be called complete.

RIG has the scripts of a real WordPress, which is up, WORK its work folder. It is crawled in four runs: one that fetches
20 articles only, one after six of all were trashed, one while REST is off, and one in which it is back. Day by day what
is archived, gone and locked must be what the truth says. Exit 1 where a figure is not.
"""

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from kickcrawl import CHECKOUT
from tests.acceptance.check import Truth
from tests.acceptance.wordpress import NORMAL, Rig
from tests.support.crawling import crawl, rows

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
        if row["named"] > count + found["undated_missing"]:
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


def judge_wordpress(rig: Rig, archive: Path) -> Iterator[Verdict]:
    """Crawl a real WordPress through its faults, and judge the certificate after each run."""
    rig.switch(NORMAL)
    ever = _public(rig)
    locked = _by_day(post for post in rig.truth() if post["status"] == "password")
    yield _after(rig, archive, "20 of all fetched", ever, locked, {"limit": 20})
    fetched = {row["url"] for row in rows(archive, "SELECT url FROM article_urls")}
    before = _public(rig)
    rig.edit("trash", 6)
    trashed = [post for id, post in before.items() if id not in _public(rig)]
    gone = _by_day(post for post in trashed if post["url"] not in fetched)
    yield _after(rig, archive, "six trashed", ever, locked, {}, gone)
    rig.switch("REST=404")
    yield _after(rig, archive, "without REST", ever, locked, {}, gone)
    rig.switch("REST=on")
    yield _after(rig, archive, "REST is back", ever, locked, {}, gone)


def _after(
    rig: Rig, archive: Path, what: str, ever: Mapping[str, Truth], locked: Counter[str],
    arguments: Mapping[str, object], gone: Counter[str] | None = None,
) -> Verdict:  # fmt: skip
    """Crawl once, and judge: all that was *ever* public is named on its day, and archived but for what is *gone*."""
    crawl(archive, rig.base, arguments=arguments, settings={"DOWNLOAD_DELAY": 0})
    found, published = certificate(archive), _by_day(ever.values())
    verdict = judge(f"WordPress, {what}", published, found)
    wrong: list[str] = []
    told = {name: Counter({row["label"]: row[name] for row in found["rows"]}) for name in ("named", "gone", "excluded")}
    # What was never fetched, and is named by a sitemap alone, has no day of its own, and is told apart.
    truth = {"named": published, "gone": gone or Counter(), "excluded": locked}
    undated = found["undated_missing"]
    for name in truth if not arguments else ("excluded",):
        beside, lost = (told[name] - truth[name]).total(), (truth[name] - told[name]).total()
        if beside != lost or lost > undated:
            wrong.append(f"{name}: {lost} articles are not on their day, {undated} have none of their own")
    # A page that this machine was too slow to read is missing, and must be told as such.
    held = {row["native_id"] for row in rows(archive, "SELECT native_id FROM articles")}
    archived = _by_day(post for post in ever.values() if str(post["id"]) in held)
    if Counter({row["label"]: row["archived"] for row in found["rows"] if row["archived"]}) != archived:
        wrong.append(f"{found['total']['archived']} are called archived, {archived.total()} are")
    lost = found["total"]["rejected"] + found["total"]["waiting"]
    if not arguments and archived.total() + truth["gone"].total() + lost != published.total():
        wrong.append(f"what is missing does not add up: {found['total']['reasons']}")
    beyond = {one["seed"]: one["beyond_all_named"] for one in found["counted"] if one["beyond_all_named"]}
    wrong += [f"{seed} counts {count} that nobody named" for seed, count in beyond.items()]
    if found["total"]["named"] != published.total():
        wrong.append(f"{found['total']['named']} are named in all")
    return replace(verdict, wrong=(*verdict.wrong, *wrong))


def _public(rig: Rig) -> dict[str, Truth]:
    return {post["id"]: post for post in rig.truth() if post["archive"]}


def _by_day(posts: Iterable[Truth]) -> Counter[str]:
    return Counter(post["published"][:10] for post in posts)


def main() -> None:
    """Print a line for each newsroom."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["newsrooms", "wordpress"])
    parser.add_argument("rig", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--case", action="append", default=[], help="only this one (c21); may be given again")
    parser.add_argument("--keep", type=Path, help="write the archive of the WordPress into this folder")
    options = parser.parse_args()
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        judged = (
            judge_newsrooms(options.rig, options.work, options.case)
            if options.kind == "newsrooms"
            else judge_wordpress(Rig(options.rig, options.work), (options.keep or Path(folder)) / "archive.db")
        )
        for one in judged:
            verdicts.append(one)
            _tell(one)
    right = sum(not one.wrong for one in verdicts)
    print(f"{right} of {len(verdicts)} right")
    sys.exit(right < len(verdicts))


def _tell(one: Verdict) -> None:
    told = f"{one.published} published, {one.named} named, {one.archived} archived; days {dict(one.states)}"
    print(f"{one.newsroom}: {told}{''.join(f'{chr(10)}  {sentence}' for sentence in one.wrong)}", flush=True)


if __name__ == "__main__":
    main()
