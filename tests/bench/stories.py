"""What finding near-copies costs, and whether it grows with the archive.

    python -m tests.bench.stories [--sizes 2000,20000,200000] [--sample 1000]

Fills one archive with made-up articles (sentences of 400 templates, two outlets with a closing paragraph of their own,
3 % copies with words changed) and, at each size, measures what the next ones cost in assign_story() alone. Also tells
how many of the copies were found, and what the tables weigh.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive.database import Archive, open_archive
from archive.stories.clusters import assign_story, story_of
from kickcrawl.fingerprint import text_digest

_SYLLABLES = (
    "ba ca da ga ja ka la ma na pa ra sa ta wa ya bi di ki li mi ni pi ri si ti bu du ku lu mu nu ru su tu".split()
)
_CLOSINGS = {
    "satu": "Ikuti kabar lain dari kami lewat kanal pesan singkat dan bagikan kepada keluarga serta tetangga.",
    "dua": "Redaksi menerima tulisan warga melalui surat elektronik, panjangnya paling banyak tujuh ratus kata.",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up article; *source* is the id of the one that it copies."""

    id: str
    outlet: str
    text: str
    source: str | None = None


class Writer:
    """Writes articles one after the other, the same for the same seed; *sentences* in each paragraph."""

    def __init__(self, seed: int, sentences: int = 2) -> None:
        self._sentences = sentences
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4))) for _ in range(6000)]
        self._templates = [self._random.choices(self._words[:1500], k=self._random.randint(9, 18)) for _ in range(400)]
        self._recent: list[Made] = []
        self._count = 0

    def articles(self, number: int) -> Iterator[Made]:
        for _ in range(number):
            self._count += 1
            made = self._copy() if self._recent and self._random.random() < 0.03 else self._original()
            self._recent = [*self._recent[-200:], made]
            yield made

    def common_word(self, which: int = 0) -> str:
        """Return a word that many articles have."""
        return self._templates[which][0]

    def words(self, number: int) -> list[str]:
        """Return *number* words by chance."""
        return self._random.choices(self._words, k=number)

    def _original(self) -> Made:
        outlet = self._random.choice(list(_CLOSINGS))
        paragraphs = [
            " ".join(self._sentence() for _ in range(self._sentences)) for _ in range(self._random.randint(4, 9))
        ]
        return Made(f"{self._count:012x}", outlet, "\n\n".join((*paragraphs, _CLOSINGS[outlet])))

    def _copy(self) -> Made:
        source = self._random.choice(self._recent)
        words = source.text.split(" ")
        for _ in range(3):
            words[self._random.randrange(len(words))] = self._random.choice(self._words)
        return Made(f"{self._count:012x}", source.outlet, " ".join(words), source.id)

    def _sentence(self) -> str:
        """Return a template with a third of its words changed, as names and figures differ from story to story."""
        template = self._random.choice(self._templates)
        words = [self._random.choice(self._words) if self._random.random() < 0.33 else word for word in template]
        return " ".join(words).capitalize() + "."


def store(archive: Archive, made: Made) -> None:
    """Write the article's row, as the crawl does."""
    archive.write(
        "INSERT INTO articles (id, outlet, url, title, text, authors, sections, tags, first_seen_at, last_seen_at, "
        "images, related, words, digest, revision, origins, disagreements, extractor, capture_id) VALUES (:id, "
        ":outlet, :url, :title, :text, '[]', '[]', '[]', :at, :at, '[]', '[]', :words, :digest, 1, '{}', '[]', '', 1)",
        {
            "id": made.id,
            "outlet": made.outlet,
            "url": f"https://{made.outlet}.example/{made.id}",
            "title": made.id,
            "text": made.text,
            "words": len(made.text.split()),
            "digest": text_digest(made.id, made.text),
            "at": "2025-01-01T00:00:00+00:00",
        },  # fmt: skip
    )


def fill(archive: Archive, articles: Iterator[Made]) -> tuple[list[float], int, int]:
    """Store *articles*, 100 a transaction; return CPU seconds of each assign_story, copies made, copies found."""
    spent, copies, found = [], 0, 0
    while batch := list(islice(articles, 100)):
        with archive.transaction():
            for made in batch:
                store(archive, made)
                begin = time.thread_time()
                story = assign_story(archive, made.id)
                spent.append(time.thread_time() - begin)
                if made.source is not None:
                    copies += 1
                    found += story is not None and story == story_of(archive, made.source)
    return spent, copies, found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="2000,20000,200000")
    parser.add_argument("--sample", type=int, default=1000)
    options = parser.parse_args()
    writer = Writer(7)
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(Path(folder) / "archive.db", create=True)
        for table in ("insert", "delete", "update"):  # the full-text index is not what is measured here
            archive.write(f"DROP TRIGGER articles_fts_{table}")
        archive.write("PRAGMA foreign_keys = OFF")  # articles alone: no runs, no captures
        stored, first = 0, 0.0
        for size in map(int, options.sizes.split(",")):
            fill(archive, writer.articles(size - stored))
            spent, copies, found = fill(archive, writer.articles(options.sample))
            stored = size + options.sample
            mean = 1000 * sum(spent) / len(spent)
            first = first or mean
            median = 1000 * sorted(spent)[len(spent) // 2]
            print(
                f"{size:7} articles: {mean:.2f} ms of CPU an article (median {median:.2f}), "
                f"{mean / first:.2f} times the first; {found} of {copies} copies found",
                flush=True,
            )
        numbers = archive.value("SELECT count(*) FROM near_keys")
        archive.close()
        weight = (Path(folder) / "archive.db").stat().st_size / stored
        print(f"{numbers / stored:.1f} numbers an article; {weight:.0f} bytes an article with its text, no full text")


if __name__ == "__main__":
    main()
