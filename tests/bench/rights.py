"""What the ledger of rights costs: bytes a statement, and seconds for filters and counts, at 100,000 articles.

    python -m tests.bench.rights

Articles are rows alone, each with two statements. What reading costs is told by hand: kickcrawl.rights is pure.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from archive.accounts.rights import observed_rights
from archive.database import Archive, open_archive
from archive.query.choice import Choice
from archive.query.choose import count
from archive.runs import start_run
from tests.support.storing import OUTLET

ARTICLES = 100_000
STATED = (
    ("text", "rights", "© 2025 Warta Uji. Hak cipta dilindungi."),
    ("link", "licence", "https://creativecommons.org/licenses/by-nc/4.0/"),
)
_ARTICLE = """
    INSERT INTO articles (id, outlet, url, title, text, authors, sections, tags, first_seen_at, last_seen_at, images,
        related, words, digest, revision, origins, disagreements, extractor, capture_id)
    VALUES (:id, 'warta', :url, 'T', 'x', '[]', '[]', '[]', '2025', '2025', '[]', '[]', 1, 'd', 1, '{}', '[]', 'e', 1)
"""
_STATEMENT = """
    INSERT INTO rights (outlet, scope, subject, source, kind, whom, value, first_seen_at, last_seen_at)
    VALUES ('warta', 'article', :id, :source, :kind, '*', :value, :at, :at)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(Path(folder) / "archive.db", create=True)
        start_run(archive, OUTLET, {}, datetime.now(UTC))
        archive.write("PRAGMA foreign_keys = OFF")
        with archive.transaction():
            archive.write_many(_ARTICLE, ({"id": id, "url": f"https://warta.example/{id}"} for id in ids()))
        before = size(archive)
        for source, kind, value in STATED:
            said = {"source": source, "kind": kind, "value": value, "at": "2025-07-14T01:00:00+00:00"}
            with archive.transaction():
                archive.write_many(_STATEMENT, ({"id": id} | said for id in ids()))
        print(f"{(size(archive) - before) / len(STATED) / ARTICLES:.0f} bytes a statement")
        asked: dict[str, Callable[[], object]] = {
            "--licence": lambda: count(archive, Choice(licence="by-nc")),
            "--without-reserved": lambda: count(archive, Choice(without_reserved=True)),
            "counts for a datasheet": lambda: observed_rights(archive, "warta"),
            "counts for a page of the site": lambda: observed_rights(archive, "warta", 100),
        }
        for name, ask in asked.items():
            begun = time.process_time()
            ask()
            print(f"{time.process_time() - begun:.3f} s of CPU: {name}")
        archive.close()


def ids() -> Iterator[str]:
    return (f"{number:012x}" for number in range(ARTICLES))


def size(archive: Archive) -> int:
    archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
    return archive.path.stat().st_size


if __name__ == "__main__":
    main()
