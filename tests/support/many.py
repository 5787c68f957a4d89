"""An archive in which one word is in more articles than are weighed for one question, made by copying one."""

from datetime import UTC, datetime
from pathlib import Path

from archive.database import Archive
from archive.query.relevance import MAX_RANKED
from tests.support.storing import shelf_in, url_of

COPIES = MAX_RANKED + 100  # that hold the word "kabar" once, a minute apart, with the tag "Kabar"
_TEXT = "Kabar dari pasar desa pada hari itu."
_WORDS = _TEXT.strip(".").lower().split()
# A question of more words than articles are ranked by: each finds all copies. Behind the first word, so that no form of
# another word is among them.
COMMON_PHRASES = " ".join(
    f'"{" ".join(_WORDS[begin:end])}"' for begin in range(1, len(_WORDS)) for end in range(begin + 1, len(_WORDS) + 1)
)
BEGIN = datetime(2024, 1, 1, 1, tzinfo=UTC)
_COLUMNS = """
    outlet, title, text, authors, section, sections, tags, language, published_offset, first_seen_at, last_seen_at,
    images, related, words, digest, revision, origins, disagreements, extractor, capture_id
"""
_COPY = f"""
    WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < :copies)
    INSERT INTO articles ({_COLUMNS}, id, url, published_at)
    SELECT {_COLUMNS}, printf('%012x', n.value), a.url || '-' || n.value,
           strftime('%Y-%m-%dT%H:%M:%S+00:00', a.published_at, n.value || ' minutes')
    FROM articles a, n WHERE a.url = :url AND n.value % :of = :rest
"""


def put_copies(archive: Archive, url: str, *, of: int = 1, rest: int = 0) -> None:
    """Copy the article at *url*, a minute apart: COPIES - 1 times, or those of them whose number leaves *rest*."""
    archive.write(_COPY, {"copies": COPIES - 1, "url": url, "of": of, "rest": rest})


def fill_with_many(folder: Path) -> Path:
    """Make the archive and return its path.

    Beside the copies, by their slugs: "lama", older than all of them, and "baru", newer, which hold the word twice;
    "langka", the oldest, with a word that no other has.
    """
    with shelf_in(folder) as shelf:
        shelf.put("salinan", _TEXT, title="Pasar", published_at=BEGIN, tags=("Kabar",), sections=("Desa",))
        put_copies(shelf.archive, url_of("salinan"))
        twice = "Kabar tentang kabar dari pasar desa."
        shelf.put("lama", twice, title="Kabar lama", published_at=datetime(2023, 5, 1, tzinfo=UTC))
        shelf.put("langka", "Kabar banjir di hulu sungai.", published_at=datetime(2023, 4, 1, tzinfo=UTC))
        shelf.put("baru", twice, title="Kabar baru", published_at=datetime(2024, 6, 1, tzinfo=UTC))
        shelf.archive.write("PRAGMA wal_checkpoint(TRUNCATE)")
        return shelf.archive.path
