"""Prefix searches that match too much of the index: they are run on the newest articles only.

For ``ka*`` FTS5 merges the lists of all words that begin so, whichever articles are asked for: a second, each time, in
a million articles. How long those lists are is known beforehand: articles_fts_idx says for each segment of the index
which word begins which page.
"""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import Order, by_time
from archive.query.condition import Condition, condition_in
from archive.query.match import Match, match
from archive.query.own_tables import own_tables
from archive.query.relevance import AMONG_KEYS
from archive.query.vocabulary import fold

MAX_PAGES = 1_500  # of 4 kB, for all prefixes of a question: 90 us each
MAX_SOUGHT = 2_000  # the newest articles in which longer lists are sought: .03 to .1 ms each
_BEGINNING = re.compile(r'([^\W_]+)" \*')  # in an expression of FTS5; of a phrase its last word is one


def condition_of_list(archive: Archive, choice: Choice, order: Order) -> Condition:
    """Return the condition of *choice* for a list of its first articles in this order.

    As condition(), except where the lists of prefixes are too long: then only the newest MAX_SOUGHT articles that meet
    the rest are searched, and ``sought`` says how many these were if they are not all. In the order "oldest" all
    articles are searched, however long that takes.
    """
    found = match(archive, choice.words, exact=choice.exact) if choice.words is not None else None
    if found is not None and order != "oldest" and is_too_long(archive, found):
        return in_newest(archive, choice, found)
    return condition_in(archive, choice, found)


def is_too_long(archive: Archive, found: Match) -> bool:
    """Tell whether the lists of all beginnings in a question are too long to be put together for it."""
    sought = beginnings_of(found)
    return bool(sought) and sum(pages_of(archive, one) for one in sought) > MAX_PAGES


def beginnings_of(found: Match) -> list[str]:
    """Return the beginnings of words that are sought, be they wanted or not, as the index has them."""
    return [fold(word) for word in _BEGINNING.findall(found.expression)]


def pages_of(archive: Archive, beginning: str) -> int:
    """Return how many pages of the index the lists of the words with this beginning fill; 0 where that is one alone."""
    first = f"0{beginning}".encode()  # 0: the words, not the beginnings that an index may have been made with
    values = {"first": first, "behind": first + b"\xff"}  # no UTF-8 has this byte
    return archive.count(_PAGES, values)


def in_newest(archive: Archive, choice: Choice, found: Match) -> Condition:
    """Return the condition of those articles of *choice* that *found* finds among the newest that meet all else."""
    others = condition_in(archive, replace(choice, words=None), None)
    listed = list(by_time(archive, others, "newest", MAX_SOUGHT + 1))
    newest = listed[:MAX_SOUGHT]
    with index_of(archive, newest):
        held = {row[0] for row in archive.rows(_HELD, {"match": found.expression})}
    keys = [key for key in newest if (key in held) != found.is_complement]
    values: dict[str, object] = {"keys": json.dumps(keys)}
    return Condition(
        sql=AMONG_KEYS,
        others=AMONG_KEYS,
        values=values,
        match=found,
        held=None,
        total=len(keys),
        keys=keys,
        is_few=True,
        sought=len(newest) if newest != listed else None,
    )


@contextmanager
def index_of(archive: Archive, keys: Collection[int]) -> Iterator[None]:
    """Make a full-text index ``temp.few_fts`` of the articles with these keys alone; it is empty afterwards."""
    with own_tables(archive):
        archive.write(_ARTICLES)
        archive.write(_INDEX)
        archive.write(_EMPTY)  # of a question that was interrupted
        try:
            archive.write(_FILL, {"keys": json.dumps(list(keys))})
            yield
        finally:
            archive.write(_EMPTY)


_LAST = """coalesce((
    SELECT i.pgno >> 1 FROM articles_fts_idx i WHERE i.segid = s.segid AND i.term {} ORDER BY i.term DESC LIMIT 1
), 0)"""
_PAGES = f"""
    SELECT sum({_LAST.format("< :behind")} - {_LAST.format("<= :first")})
    FROM (SELECT DISTINCT segid FROM articles_fts_idx) s
"""
# FTS5 reads texts from a table of the same database alone. The index is emptied, at once, as texts stand elsewhere; it
# cannot be dropped while rows of another query are still being read.
_ARTICLES = "CREATE TEMP VIEW IF NOT EXISTS few_articles AS SELECT key, title, text FROM main.articles"
_INDEX = """
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.few_fts USING fts5 (
        title, text, content="few_articles", content_rowid="key", tokenize = "unicode61 remove_diacritics 2"
    )
"""
_EMPTY = "INSERT INTO temp.few_fts (few_fts) VALUES ('delete-all')"
_FILL = """
    INSERT INTO temp.few_fts (rowid, title, text)
    SELECT key, title, text FROM articles WHERE key IN (SELECT value FROM json_each(:keys))
"""
_HELD = "SELECT rowid FROM temp.few_fts WHERE few_fts MATCH :match"
