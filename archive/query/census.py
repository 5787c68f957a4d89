"""What bm25 asks of an archive and its articles, from FTS5's own tables: how many, how long, and what each form finds.

FTS5 keeps the length of each article in its table docsize: a number of words for each column, as totals.py reads them.
"""

import json
from collections.abc import Collection

from archive.database import Archive
from archive.query.bm25 import Census, any_of
from archive.query.condition import count_matches
from archive.query.match import Match
from archive.query.totals import count_articles, count_words, varints


def take_census(archive: Archive, found: Match | None, held: int | None = None) -> Census:
    """Return the census of the archive for each form that *found* has, and for all forms of each of its terms.

    *held* is how many articles its expression finds, where that is known.
    """
    counts = {found.expression: held} if found is not None and held is not None else {}
    for term in found.terms if found is not None else ():
        whole = any_of(term)
        counts[whole] = counts[whole] if whole in counts else count_matches(archive, whole)
        counts |= {form: counts[whole] if len(term) == 1 else count_matches(archive, form) for form in term}
    return Census(
        articles=count_articles(archive),
        words=count_words(archive),
        found=counts,
    )


def lengths_of(archive: Archive, keys: Collection[int]) -> dict[int, int]:
    """Return how many words the title and text of each of these articles have."""
    rows = archive.each(_LENGTHS, {"keys": json.dumps(list(keys))})
    return {row["id"]: sum(varints(row["sz"])) for row in rows}


_LENGTHS = "SELECT d.id, d.sz FROM json_each(:keys) k JOIN articles_fts_docsize d ON d.id = k.value"
