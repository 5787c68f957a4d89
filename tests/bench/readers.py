"""How long many readers at once wait for the pages of a large archive; part of `make bench-growth`.

    python -m tests.bench.readers ARCHIVE [--readers 20] [--seconds 30] [--writing 20]

ARCHIVE is one that tests/bench/growth.py filled and kept. Each reader asks for page after page, in an order of its own,
without a pause. With --writing so many articles a second are stored meanwhile; they stay in the archive.
"""

import argparse
import random
import statistics
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from archive.database import Archive, open_archive
from archive.runs import end_run
from tests.bench.growth import begin_run, store
from tests.bench.stories import Writer
from tests.support.serving import Site, serving


def addresses(archive: Archive) -> dict[str, str]:
    """Return the pages that readers ask for, by what they are called in the table."""
    writer = Writer(7)
    common, other = quote(writer.common_word()), quote(writer.common_word(1))
    article = archive.text("SELECT article_id FROM revisions LIMIT 1 OFFSET 50") or ""
    return {
        "front": "/",
        "an article": f"/article/{article}",
        "articles": "/archive/articles",
        "articles, sorted by words": "/archive/articles?_sort_desc=words&_all=1",
        "articles, one tag": "/archive/articles?tags__arraycontains=topik+7",
        "articles, with a word": f"/archive/articles?_search={common}",
        "search: a common word": f"/search?q={common}",
        "search: words of nearly all": "/search?q=redaksi+OR+ikuti",
        "search: two common words": f"/search?q={common}+{other}",
        "search: a section": f"/search?q={common}&section=Hukum",
        "search as JSON, 1,000": f"/search.json?q={common}&limit=1000",
    }


def read(site: Site, pages: dict[str, str], seed: int, until: float) -> list[tuple[str, int, float]]:
    """Ask for pages until that time; return of each its name, status and seconds."""
    chance, answers = random.Random(seed), []
    while time.monotonic() < until:
        name = chance.choice(list(pages))
        begin = time.monotonic()
        answers.append((name, site.get(pages[name]).status, time.monotonic() - begin))
    return answers


def write(path: Path, a_second: int, is_over: threading.Event) -> int:
    """Store so many articles in a transaction each second until it is over; return how many."""
    stored, chance, articles = 0, random.Random(11), Writer(int(time.time())).articles(1_000_000)
    with closing(open_archive(path)) as archive:
        fetched = {outlet: begin_run(archive, outlet) for outlet in ("satu", "dua")}
        while not is_over.wait(1):
            with archive.transaction():
                for _ in range(a_second):
                    made = next(articles)
                    store(archive, made, datetime.now(UTC), fetched[made.outlet], chance)
            stored += a_second
        for run_id, _ in fetched.values():
            end_run(archive, run_id, "complete", datetime.now(UTC), counts={}, seeds=[])
    return stored


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--writing", type=int, default=0, help="articles to store each second meanwhile")
    options = parser.parse_args()
    with closing(open_archive(options.archive)) as archive:
        pages = addresses(archive)
    is_over = threading.Event()
    with serving(options.archive) as site, ThreadPoolExecutor(options.readers + 1) as threads:
        writing = threads.submit(write, options.archive, options.writing, is_over) if options.writing else None
        until = time.monotonic() + options.seconds
        reading = [threads.submit(read, site, pages, seed, until) for seed in range(options.readers)]
        answers = [answer for one in reading for answer in one.result()]
        is_over.set()
    _tell(answers, options.seconds)
    if writing is not None:
        print(f"{writing.result()} articles stored meanwhile")


def _tell(answers: list[tuple[str, int, float]], seconds: float) -> None:
    by_name: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for answer in answers:
        by_name[answer[0]].append(answer)
    print(f"{'':36} {'answers':>8} {'not 200':>8} {'s median':>8} {'s p95':>8} {'s most':>8}")
    for name, some in [*sorted(by_name.items()), (f"all, {len(answers) / seconds:.1f} a second", answers)]:
        spent = sorted(answer[2] for answer in some)
        wrong = sum(answer[1] != 200 for answer in some)
        p95 = spent[min(len(spent) * 95 // 100, len(spent) - 1)]
        print(f"{name:36} {len(some):8} {wrong:8} {statistics.median(spent):8.3f} {p95:8.3f} {spent[-1]:8.3f}")


if __name__ == "__main__":
    main()
