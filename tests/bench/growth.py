"""`make bench-growth SIZE=100000`: what an archive of that many articles weighs, and what each question to it costs.

    python -m tests.bench.growth [--articles 10000] [--keep ARCHIVE]

Fills an archive with made-up articles (tests/bench/stories.py) by the functions that a crawl stores with: dated over
four years, of two outlets, with sections, tags and authors, one in twenty revised. Each question is asked twice: with
nothing of the file in memory (megabytes read), and again (CPU). Ask the same of a smaller archive to see what grows.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import yaml

from archive.accounts.status import status
from archive.articles import record
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.lookup import find_record
from archive.query.choice import Choice
from archive.query.choose import count, timeline
from archive.recovery import check_after_death
from archive.runs import end_run, start_run
from archive.site.app import HERE
from archive.site.list_counts import counting
from kickcrawl.article import Article
from kickcrawl.compare.near import fingerprint, lookup_keys
from tests.bench.stories import Made, Writer
from tests.support.searching import search
from tests.support.storing import KEPT, OUTLET

BEGIN = datetime(2021, 1, 1, tzinfo=UTC)
YEARS = 4
SECTIONS = ("Hukum", "Ekonomi", "Politik", "Olahraga", "Pariwisata", "Pendidikan", "Kesehatan", "Lingkungan")
BATCH = 100  # articles in a transaction, as the store pipeline writes them
Question = Callable[[Archive], object]


def fill(archive: Archive, articles: Iterator[Made], total: int) -> float:
    """Store *total* articles; return the CPU milliseconds that each of the last tenth took."""
    chance, captures = random.Random(7), {name: begin_run(archive, name) for name in ("satu", "dua")}
    spent = []  # CPU seconds an article, of each batch
    for stored in range(0, total, BATCH):
        begin, size = time.process_time(), min(BATCH, total - stored)
        with archive.transaction():
            for number, made in enumerate(islice(articles, size), stored):
                at = BEGIN + timedelta(days=365 * YEARS) * number / total
                store(archive, made, at, captures[made.outlet], chance)
        spent.append((time.process_time() - begin) / size)
    for run_id, _ in captures.values():
        end_run(archive, run_id, "complete", datetime.now(UTC), counts={}, seeds=[])
    return 1000 * statistics.mean(spent[len(spent) * 9 // 10 :])


def begin_run(archive: Archive, outlet: str) -> tuple[int, int]:
    """Begin a run of an outlet; return it and a capture of it."""
    run_id = start_run(archive, OUTLET | {"slug": outlet, "home": f"https://{outlet}.example/"}, {}, BEGIN)
    return run_id, store_capture(archive, Capture(run_id=run_id, url="", fetched_at=BEGIN.isoformat(), **KEPT))


def store(archive: Archive, made: Made, at: datetime, fetched: tuple[int, int], chance: random.Random) -> None:
    """Store an article of that time, as fetched by that run and capture; one in twenty is revised at once."""
    for text in [made.text] + [f"{made.text}\n\nDiperbarui."] * (chance.random() < 0.05):
        article = made_up(f"https://{made.outlet}.example/{at:%Y/%m/%d}/{made.id}", text, at, chance)
        arrival = Arrival(
            article=article,
            outlet=made.outlet,
            requested_url=article.url,
            run_id=fetched[0],
            capture_id=fetched[1],
            fetched_at=at.isoformat(),
            lookup_keys=lookup_keys(fingerprint(text)),
        )
        record(archive, arrival)


def made_up(url: str, text: str, at: datetime, chance: random.Random) -> Article:
    """Return an article of that text and time; a few authors and tags have most articles."""
    return Article(
        url=url,
        title=text[:60].rsplit(" ", 1)[0],
        text=text,
        authors=(f"Wartawan {int(chance.paretovariate(0.6)) % 400}",),
        sections=(chance.choice(SECTIONS),),
        tags=tuple(f"topik {int(chance.paretovariate(0.5)) % 5000}" for _ in range(3)),
        language="id",
        published_at=at,
        published_offset=480,
    )


def questions(archive: Archive, common: str, other: str) -> dict[str, Question]:
    """Return what is asked, by what it is called in the table."""
    name = archive.text("SELECT id FROM articles LIMIT 1 OFFSET 50") or ""
    asked: dict[str, Question] = {
        "show ID": lambda archive: find_record(archive, name),
        "search: a common word": lambda archive: search(archive, Choice(words=common)),
        "search: words of nearly all": lambda archive: search(archive, Choice(words="redaksi OR ikuti")),
        "search: two words of nearly all": lambda archive: search(archive, Choice(words="kata dari")),
        "search: three words of nearly all": lambda archive: search(archive, Choice(words="ikuti dan kabar")),
        "search: a phrase of nearly all": lambda archive: search(archive, Choice(words='"kami lewat"')),
        "search: nearly all, of an outlet": lambda archive: search(archive, Choice(words="redaksi", outlet="dua")),
        "search: nearly all, of an author": lambda archive: search(archive, Choice(words="kata", author="Wartawan 1")),
        "search: nearly all, in a section": lambda archive: search(archive, Choice(words="kata dari", section="Hukum")),
        "search: nearly all, without copies": lambda archive: search(archive, Choice(words="redaksi", originals=True)),
        "search: nearly all, half a year": lambda archive: search(
            archive, Choice(words="kata OR dari", since=date(2023, 1, 1), until=date(2023, 6, 30))
        ),
        "search: a beginning of two letters": lambda archive: search(archive, Choice(words="ka*")),
        "search: two common words": lambda archive: search(archive, Choice(words=f"{common} {other}")),
        "search: newest first": lambda archive: search(archive, Choice(words=common), order="newest"),
        "count of a common word": lambda archive: count(archive, Choice(words=common)),
        "months of a common word": lambda archive: timeline(archive, Choice(words=common), "month"),
        "facets of the list: sections": lambda archive: _count_by("section", archive),
        "facets of the list: tags": lambda archive: _count_by("tags", archive),
        "SQL of one's own: tags": lambda archive: archive.rows(
            "SELECT j.value, count(*) FROM articles, json_each(tags) j GROUP BY 1 ORDER BY 2 DESC LIMIT 30"
        ),
        "status": status,
        "start of a crawl: no run has died": check_after_death,
    }
    known = yaml.safe_load((HERE / "metadata.yaml").read_text())["databases"]["archive"]["queries"]
    for slug, query in known.items():
        asked[f"question: {slug}"] = _canned(query["sql"], common)
    topics = known["topics"]["sql"]
    asked["question: topics of the last year"] = lambda archive: archive.rows(topics, {"since": "2024-01-01"})
    return asked


def _count_by(facet: str, archive: Archive) -> object:
    """Count all articles as the site's list does."""
    kept = [row["kind"] for row in archive.rows("SELECT DISTINCT kind FROM articles_counts")]
    return archive.rows(counting("from articles", [facet], kept, None, 30).sql)


def _canned(sql: str, word: str) -> Question:
    return lambda archive: archive.rows(f"SELECT * FROM ({sql}) LIMIT 101", {"word": word, "since": "", "url": ""})


def measured(path: Path, question: Question) -> tuple[float, float, float]:
    """Return megabytes read and seconds where nothing is in memory, and then CPU seconds where all of it is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    before, begin = _bytes_read(), time.monotonic()
    with closing(open_archive(path)) as archive:
        question(archive)
    cold, megabytes = time.monotonic() - begin, (_bytes_read() - before) / 1e6
    with closing(open_archive(path)) as archive:
        begin = time.process_time()
        question(archive)
    return megabytes, cold, time.process_time() - begin


def _bytes_read() -> int:
    """Return how many bytes of disks this process has read (Linux)."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["read_bytes"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="the archive to fill, or one that was filled before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "archive.db"
        writer = Writer(7)
        if not path.exists():
            with closing(open_archive(path, create=True)) as archive:
                milliseconds = fill(archive, writer.articles(options.articles), options.articles)
                archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
            print(f"storing one more, near-copies included: {milliseconds:.1f} ms of CPU")
        with closing(open_archive(path)) as archive:
            number = archive.count("SELECT count(*) FROM articles")
            asked = questions(archive, writer.common_word(), writer.common_word(1))
        print(f"{number} articles, {path.stat().st_size / number:.0f} bytes each")
        print(f"{'':36} {'MB cold':>8} {'s cold':>8} {'s CPU':>8}")
        for name, question in asked.items():
            print("{:36} {:8.1f} {:8.3f} {:8.3f}".format(name, *measured(path, question)), flush=True)


if __name__ == "__main__":
    main()
