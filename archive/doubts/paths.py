"""Put off the remaining addresses below a path whose pages all show one text: a wall, or a trap of endless addresses.

A sitemap may name 50,000 addresses below /arsip/ that all answer with the same page: asking for the rest today would
bring nothing.
"""

from datetime import UTC, datetime, timedelta

from archive.database import Archive
from archive.doubts.pages import count_alike
from kickcrawl.dates import to_iso

MIN_ALIKE = 100  # addresses below the path that answered with one text lately
PAUSE = timedelta(days=1)  # then some are asked for again: a wall may be gone


def put_off_path(archive: Archive, outlet: str, url: str, text: str) -> tuple[str, int]:
    """Put off the candidates beside *url*, which has answered with *text* (a sketch) as many others there have.

    Returns their path and how many they are: 0 where fewer than MIN_ALIKE answered so, or where an article is archived
    below the path. Each keeps its state, and is due again after PAUSE.
    """
    path = f"{url.partition('?')[0].rpartition('/')[0]}/"
    below = {"outlet": outlet, "path": path, "end": f"{path}\U0010ffff"}
    if count_alike(archive, outlet, url, text, path) < MIN_ALIKE or archive.row(_ARTICLE, below) is not None:
        return path, 0
    now = datetime.now(UTC)
    times = {"now": to_iso(now), "due_at": to_iso(now + PAUSE)}
    count = archive.count(f"SELECT count(*) FROM frontier {_LEFT}", below | times)
    archive.write(f"UPDATE frontier SET due_at = :due_at, reason = 'block-page' {_LEFT}", below | times)
    return path, count


_ARTICLE = """
    SELECT 1 FROM article_urls u JOIN articles a ON a.id = u.article_id
    WHERE a.outlet = :outlet AND u.url >= :path AND u.url < :end
"""
_LEFT = """
    WHERE outlet = :outlet AND state = 'due' AND doubt IS NULL AND due_at <= :now AND url >= :path AND url < :end
"""
