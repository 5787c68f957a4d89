"""Count the articles of Datasette's list by outlet, section, author, tag and month, in one statement: pure.

What is asked, Datasette gives as the end of a statement, "from articles where ...". Its articles are sought once, into
a table of the statement's own, where each facet would seek them anew. Of the whole list, or of an outlet, the counts
are kept (articles_counts), and nothing is sought.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.query.relevance import MAX_RANKED
from archive.site.filters import MONTH

FACETS = ("outlet", "section", "authors", "tags", "month", "sections")  # sections: all that an article is in
OF_NEWEST = ("authors", "tags", "month", "sections")  # of more than MAX_RANKED articles the newest are counted
# Articles that are put into a table for the statement; of more, outlets and sections seek them again. Of words that
# would be all of the index and all articles once more, a second of work: there these two count the newest, too.
MAX_HELD = 200_000
_BY_OUTLET = '"outlet" = :p0'  # as Datasette narrows the list to an outlet
_OF_WORDS = "articles_fts MATCH"  # in what narrows it to words
_LATER = re.compile(r" (?:where|and) \([^()]*\(?[^()]*\(*\[key\] > :p\d+\)+ *$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A statement that gives rows of (facet, value, count), and of which facets only the newest are counted."""

    sql: str
    counted: Mapping[str, int]


def without_paging(asked: str) -> str:
    """Return the end of a list's statement without its last condition, by which Datasette turns to a later page.

    >>> without_paging('from articles where "outlet" = :p0 and (words < :p1 or (words = :p1 and (([key] > :p2)))) ')
    'from articles where "outlet" = :p0'
    """
    return _LATER.sub("", asked)


def counting(asked: str, facets: Collection[str], kept: Collection[str], total: int | None, size: int) -> Counting:
    """Return what counts a list by *facets*, *size* values of each and one more.

    *asked* is the end of its statement, *kept* are the kinds of counts that the archive keeps, and *total* is how many
    articles are asked for, None where that is not known.
    """
    where = asked.partition(" where ")[2].strip()
    if where in ("", _BY_OUTLET) and {"section", "month"} <= set(kept) and set(facets) <= set(_KEPT):
        parts = [_shown(_KEPT[facet].format(where=f" AND {where}" if where else ""), facet, size) for facet in facets]
        return Counting(sql=" UNION ALL ".join(parts), counted={})
    is_few = total is not None and total <= MAX_RANKED
    is_held = total is not None and total <= MAX_HELD
    of_newest: Collection[str] = OF_NEWEST
    if _OF_WORDS in where and not is_held:
        asked, is_held, of_newest = f"{asked} {_LAST}", True, FACETS
    sought = (_HELD if is_held else _NOT_HELD).format(asked=asked, last="" if is_few else _LAST)
    parts = [_shown(_COUNTED[facet], facet, size) for facet in facets]
    return Counting(
        sql=f"WITH {sought} {' UNION ALL '.join(parts)}",
        counted={} if is_few else dict.fromkeys(of_newest, MAX_RANKED),
    )


def _shown(counted: str, facet: str, size: int) -> str:
    """Return the values of a facet that are shown, of a statement that counts (value, count)."""
    order = "value DESC" if facet == "month" else "count DESC, value"
    return f"SELECT * FROM (SELECT '{facet}' AS facet, * FROM ({counted}) ORDER BY {order} LIMIT {size + 1})"


_COLUMNS = "key, outlet, section, sections, authors, tags, published_at, published_offset"
_LAST = f"ORDER BY published_at DESC LIMIT {MAX_RANKED}"
_HELD = f"""
    chosen AS MATERIALIZED (SELECT {_COLUMNS} {{asked}}), newest AS MATERIALIZED (SELECT * FROM chosen {{last}}),
    by_both AS MATERIALIZED (SELECT outlet, section, count(*) AS count FROM chosen GROUP BY 1, 2)
"""
_NOT_HELD = f"""
    newest AS MATERIALIZED (SELECT {_COLUMNS} {{asked}} {{last}}),
    by_both AS MATERIALIZED (SELECT outlet, section, count(*) AS count {{asked}} GROUP BY 1, 2)
"""
_BY_COLUMN = "SELECT {0} AS value, sum(count) AS count FROM by_both WHERE {0} IS NOT NULL GROUP BY {0}"
# Datasette's own facet_array compares whole rows, text and all, to count none twice.
_BY_NAME = """
    SELECT value, count(*) AS count FROM (SELECT DISTINCT newest.key, j.value FROM newest, json_each(newest.{0}) j)
    GROUP BY value
"""
_BY_MONTH = f"SELECT {MONTH} AS value, count(*) AS count FROM newest WHERE published_at IS NOT NULL GROUP BY value"
_COUNTED = {
    **{column: _BY_COLUMN.format(column) for column in ("outlet", "section")},
    **{column: _BY_NAME.format(column) for column in ("authors", "tags", "sections")},
    "month": _BY_MONTH,
}
_KEPT_KIND = "SELECT name AS value, sum(articles) AS count FROM articles_counts WHERE kind = '{0}' AND name <> ''"
_KEPT = {
    "outlet": "SELECT outlet AS value, sum(articles) AS count FROM articles_counts"
    " WHERE kind = 'month'{where} GROUP BY 1",
    **{kind: _KEPT_KIND.format(kind) + "{where} GROUP BY 1" for kind in ("section", "authors", "tags", "month")},
}
