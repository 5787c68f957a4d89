"""Which articles answer a question best: FTS5's bm25, the title counting four times."""

from collections.abc import Iterator

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.condition import condition
from archive.search import ranked_by


def best(archive: Archive, choice: Choice, limit: int | None) -> Iterator[int]:
    """Yield the keys of the articles of *choice*, which has words, the best first, at most *limit*."""
    where, values = condition(archive, choice)
    table, match = ranked_by(choice.words or "", exact=choice.exact)
    rows = f"""
        SELECT a.key FROM {table} JOIN articles a ON a.key = {table}.rowid WHERE {table} MATCH :ranked AND {where}
        ORDER BY bm25({table}, 4.0, 1.0), a.published_at DESC, a.key DESC LIMIT :limit
    """
    for row in archive.each(rows, values | {"ranked": match, "limit": -1 if limit is None else limit}):
        yield row["key"]
