"""What finding stories over several shards costs: what is told, how many texts are asked for, against one archive.

    python -m tests.bench.shards [--articles 20000] [--shards 4] [--closings 2]

The made-up articles of tests/bench/stories.py, dealt out to four outlets of each shard, each with a closing of its
own, and to one archive of all. A copy may stand in another shard than what it copies. Their stories must be equal.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.database import Archive, open_archive
from archive.shards.fan import one_by_one
from archive.shards.stories import find_stories
from archive.shards.told import tell_numbers
from archive.stories.clusters import Story, assign_story, list_stories, rebuild_stories
from tests.bench.stories import Writer, store

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
BATCH = 1000  # articles in a transaction
PARTED = "\n\n"  # paragraphs
SEEN = "UPDATE articles SET first_seen_at = :at WHERE id = :id"


def make(path: Path, outlets: Sequence[str]) -> Archive:
    """Make an archive for articles alone: no runs, no captures, no full text."""
    path.parent.mkdir()
    archive = open_archive(path, create=True)
    for table in ("insert", "delete", "update"):
        archive.write(f"DROP TRIGGER articles_fts_{table}")
    archive.write("PRAGMA foreign_keys = OFF")
    archive.write_many(
        "INSERT INTO outlets (slug, name, timezone, platform, home) VALUES (:slug, '', 'UTC', 'generic', '')",
        ({"slug": outlet} for outlet in outlets),
    )
    return archive


def fill(whole: Archive, shards: Sequence[Archive], outlets: Sequence[str], articles: int, closings: int) -> None:
    """Store made-up articles in the whole and in the shard of their outlet, a second apart."""
    chance, writer = random.Random(7), Writer(7, sentences=4)
    shared = [" ".join(writer.words(16)) for _ in range(closings)]
    made = list(writer.articles(articles))
    for begin in range(0, articles, BATCH):
        with ExitStack() as stack:
            for archive in (whole, *shards):
                stack.enter_context(archive.transaction())
            for number, one in enumerate(made[begin : begin + BATCH], begin):
                place = chance.randrange(len(outlets))
                text = f"{one.text.rpartition(PARTED)[0]}{PARTED}{shared[place % closings]}"
                article = replace(one, outlet=outlets[place], text=text)
                at = (BEGIN + timedelta(seconds=number)).isoformat()
                for archive in (whole, shards[place % len(shards)]):
                    store(archive, article)
                    archive.write(SEEN, {"at": at, "id": one.id})
                assign_story(shards[place % len(shards)], one.id)


def whole_stories(archive: Archive) -> list[Story]:
    """Return the stories that one archive of all articles finds."""
    rebuild_stories(archive)
    return list_stories(archive, limit=-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--closings", type=int, help="So many that outlets share; by default each has its own.")
    options = parser.parse_args()
    outlets = [f"koran{number}" for number in range(4 * options.shards)]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / str(number) / "archive.db" for number in range(options.shards)]
        shards = [make(path, outlets) for path in paths]
        with closing(make(Path(folder) / "whole" / "archive.db", outlets)) as whole:
            fill(whole, shards, outlets, options.articles, options.closings or len(outlets))
            size = whole.count("SELECT sum(length(text)) FROM articles") / options.articles
            begin = time.process_time()
            expected = whole_stories(whole)
            one = time.process_time() - begin
        for shard in shards:
            shard.close()
        questions, ask = 0, one_by_one(paths)

        def counted(step: Callable[[Path, Any], Any], question: Any, /) -> Sequence[Any]:
            nonlocal questions
            questions += 1
            return ask(step, question)

        begin = time.process_time()
        for path in paths:
            tell_numbers(path, None)
        telling = time.process_time() - begin
        begin = time.process_time()
        found = find_stories(counted)
        all_of_it = time.process_time() - begin
    each = 1000 / options.articles
    print(
        f"{options.articles} articles of {size:.0f} bytes in {options.shards} shards: {len(found.stories)} stories, "
        f"{'equal to' if found.stories == expected else 'OTHER THAN'} those of one archive\n"
        f"told: {found.bytes_told / found.articles:.0f} bytes an article; texts asked for: {found.texts}, "
        f"{found.texts / found.articles:.1%}; {questions} questions to each shard\n"
        f"CPU ms an article: one archive {one * each:.2f}; shards' telling {telling * each:.2f}, "
        f"the rest, in one process {(all_of_it - telling) * each:.2f}"
    )


if __name__ == "__main__":
    main()
