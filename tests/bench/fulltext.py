"""What full text costs: its size, the time to write it, and how long questions take.

    python -m tests.bench.fulltext [--articles 20000]

Fills an archive with made-up articles (tests/bench/stories.py), 100 a transaction, with and without the triggers that
write the index; then asks for words, in all forms and as written, for a count, a timeline and the best 20.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from archive.database import Archive, open_archive
from archive.query.choice import Choice
from archive.query.choose import count, timeline
from tests.bench.stories import Made, Writer, store
from tests.support.searching import search

_TABLES = "SELECT name FROM sqlite_master WHERE name LIKE 'articles\\_fts\\_%' ESCAPE '\\' AND type = 'table'"


def write(archive: Archive, articles: Iterator[Made]) -> float:
    """Store *articles*; return the CPU seconds."""
    begin = time.process_time()
    while batch := list(islice(articles, 100)):
        with archive.transaction():
            for made in batch:
                store(archive, made)
    return time.process_time() - begin


def size(archive: Archive) -> int:
    """Return the bytes in the tables of the index."""
    total = 0
    for (table,) in archive.rows(_TABLES):
        columns = [row["name"] for row in archive.rows(f"PRAGMA table_info({table})")]
        lengths = " + ".join(f"coalesce(length({name}), 0)" for name in columns)
        total += archive.count(f"SELECT sum({lengths}) FROM {table}")
    return total


def timed(question: Callable[[], object]) -> float:
    """Return the least CPU milliseconds of five tries."""
    spent = []
    for _ in range(5):
        begin = time.process_time()
        question()
        spent.append(time.process_time() - begin)
    return 1000 * min(spent)


def tell(archive: Archive, choice: Choice) -> str:
    """Return how long each kind of question takes."""
    return (
        f"{count(archive, choice)} found; count {timed(lambda: count(archive, choice)):.1f} ms, "
        f"months {timed(lambda: timeline(archive, choice, 'month')):.1f} ms, "
        f"best 20 {timed(lambda: search(archive, choice)):.1f} ms, "
        f"newest 20 {timed(lambda: search(archive, choice, order='newest')):.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    number = parser.parse_args().articles
    spent = {}
    with tempfile.TemporaryDirectory() as folder:
        for is_indexed in (False, True):
            archive = open_archive(Path(folder) / f"{is_indexed}.db", create=True)
            archive.write("PRAGMA foreign_keys = OFF")  # articles alone: no runs, no captures
            if not is_indexed:
                for event in ("insert", "delete", "update"):
                    archive.write(f"DROP TRIGGER articles_fts_{event}")
            spent[is_indexed] = write(archive, Writer(7).articles(number))
        text = archive.count("SELECT sum(length(CAST(text AS BLOB))) FROM articles")
        print(f"{number} articles, {text / number:.0f} bytes of text each")
        milliseconds = 1000 * (spent[True] - spent[False]) / number
        print(f"index: {size(archive) / number:.0f} bytes and {milliseconds:.3f} ms an article")
        word = Writer(7).common_word()
        for title, choice in (("in all forms", Choice(words=word)), ("as written", Choice(words=word, exact=True))):
            print(f"{word} {title}: {tell(archive, choice)}")
        archive.close()


if __name__ == "__main__":
    main()
