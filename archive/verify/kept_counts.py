"""Check that what is kept of authors, tags and months (articles_counts) is what the articles have."""

from archive.database import Archive
from kickcrawl.errors import ArchiveError

_DAY = "date(a.published_at, coalesce(a.published_offset, 0) || ' minutes')"
_MONTH = "coalesce(strftime('%Y-%m', a.published_at, coalesce(a.published_offset, 0) || ' minutes'), '')"
_OTHER = f"""
    WITH named AS (
        SELECT DISTINCT a.key, 'authors' AS kind, j.value AS name, a.outlet, a.words, {_DAY} AS day
        FROM articles a, json_each(a.authors) j
        UNION ALL
        SELECT DISTINCT a.key, 'tags', j.value, a.outlet, a.words, {_DAY} FROM articles a, json_each(a.tags) j
        UNION ALL
        SELECT DISTINCT a.key, 'sections', json_array(j.value, a.section), a.outlet, a.words, NULL
        FROM articles a, json_each(a.authors) j
        UNION ALL
        SELECT a.key, 'month', {_MONTH}, a.outlet, a.words, NULL FROM articles a
    ),
    counted AS (
        SELECT kind, name, outlet, count(*) AS articles, sum(words) AS words, min(day) AS first, max(day) AS last
        FROM named GROUP BY kind, name, outlet
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
