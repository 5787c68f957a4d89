"""Check that what is kept of authors, tags and months (articles_counts) is what the articles have."""

from archive.database import Archive
from kickcrawl.errors import ArchiveError

_OTHER = """
    WITH counted AS (
        SELECT kind, name, outlet, count(*), sum(words), min(day), max(day) FROM articles_named GROUP BY 1, 2, 3
    ),
    kept AS (SELECT kind, name, outlet, articles, words, first, last FROM articles_counts)
    SELECT kind, name, outlet FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
    UNION ALL
    SELECT kind, name, outlet FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
    LIMIT 1
"""


def check_kept_counts(archive: Archive) -> int:
    """Count the articles of each author, tag and month anew. Raises ArchiveError where another number is kept."""
    other = archive.row(_OTHER)
    if other is not None:
        what = f"what articles_counts keeps of {other['kind']} {other['name']!r} of {other['outlet']}"
        raise ArchiveError(archive.path, f"{what} is not what the articles have; restore it from a backup")
    return 1
