"""Hold coverage certificates against newsrooms whose truth is known: what was published on each day, and was named.

    python -m tests.acceptance.coverage newsrooms CASES WORK [--case c21 ...]
    python -m tests.acceptance.coverage wordpress RIG WORK

CASES is the folder of made-up newsrooms, WORK where their archives were kept (common/run.py --work WORK). Day by day
the certificate must count as archived what is, and account for every story that the newsroom published: as archived, as
missing with a reason, or by leaving its day open; a day on which one is missing must not be called complete.

RIG has the scripts of a real WordPress, which is up, WORK its work folder: coverage_wordpress.py. Exit 1 where a figure
is not the truth's.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.acceptance.certificates import Verdict, certificate, judge
from tests.acceptance.coverage_wordpress import judge_wordpress
from tests.acceptance.newsroom_truth import archived, load_case, published, stories_of
from tests.acceptance.wordpress import Rig


def judge_newsrooms(cases: Path, work: Path, chosen: list[str]) -> Iterator[Verdict]:
    """Judge the archives of the made-up newsrooms that were kept in *work*."""
    sys.path.insert(0, str(cases / "common"))
    for archive in sorted(work.glob("*/*/archive.db")):
        case, variant = archive.parts[-3:-1]
        if not chosen or case.partition("-")[0] in chosen:
            stories = stories_of(load_case(cases / case), variant)
            held, strangers = archived(stories, archive)
            verdict = judge(f"{case} {variant}", published(stories), held, certificate(archive))
            wrong = [f"archived, and no story: {title}" for title in strangers]
            yield replace(verdict, wrong=(*verdict.wrong, *wrong))


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
            else judge_wordpress(Rig(options.rig, options.work), options.keep or Path(folder))
        )
        for one in judged:
            verdicts.append(one)
            _tell(one)
    right = sum(not one.wrong for one in verdicts)
    days, equal, left_open = (sum(getattr(one, name) for one in verdicts) for name in ("days", "equal", "left_open"))
    print(f"{right} of {len(verdicts)} right; of {days} days {equal} are equal, {left_open} are left open")
    sys.exit(right < len(verdicts))


def _tell(one: Verdict) -> None:
    told = (
        f"{one.published} published, {one.named} named, {one.archived} archived; {one.equal} of {one.days} days equal"
    )
    states = f"{one.left_open} left open; {dict(one.states)}"
    print(f"{one.newsroom}: {told}, {states}{''.join(f'{chr(10)}  {sentence}' for sentence in one.wrong)}", flush=True)


if __name__ == "__main__":
    main()
