"""A choice as SQL: the condition that the rows of ``articles a`` must meet, and its values.

A part that finds few articles leads SQLite to their rows. A part that finds many is only compared: the ``+`` keeps
SQLite from looking up each row by it, so that it scans a covering index instead of reading a page of text per row.
"""

import json
from dataclasses import dataclass

from archive.database import Archive
from archive.outlets import spans_of_days
from archive.query.choice import Choice
from archive.query.match import Match, match
from archive.query.reserved import HAS_LICENCE
from archive.query.sets import MAX_LOOKED_UP, KeySet, sets_of
from archive.query.totals import count_articles
from archive.rights import has_ledger
from kickcrawl.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """SQL that the rows of ``articles a`` must meet, with its values, and what finds its words in the text.

    *others* is what must be met beside the words: to be in all *sets*, and *rest*. *held* is how many articles the
    expression of *match* finds, None where there are no words. *total* is how many articles meet it, None where that is
    not known without counting them. *keys* are those of the newest of them, once they were looked up
    (archive/query/relevance.py): in no order, but the newest first where more meet it. *is_few* tells that the words
    were sought in few articles alone, and *keys* are the newest first (archive/query/beginnings.py); *sought* in how
    many, where more meet all else.
    """

    sql: str
    others: str
    sets: tuple[KeySet, ...] = ()
    rest: str = "1"
    values: dict[str, object]
    match: Match | None
    held: int | None
    total: int | None
    keys: list[int] | None = None
    is_few: bool = False
    sought: int | None = None


def condition(archive: Archive, choice: Choice) -> Condition:
    """Return the condition of *choice*, true for all articles where nothing is asked."""
    found = match(archive, choice.words, exact=choice.exact) if choice.words is not None else None
    return condition_in(archive, choice, found)


def condition_in(archive: Archive, choice: Choice, found: Match | None) -> Condition:
    """Return the condition of *choice*, whose words *found* finds; None where it has no word."""
    spans = spans_of_days(archive, choice.since, choice.until, utc=choice.utc, outlet=choice.outlet)
    values: dict[str, object] = {
        "article": choice.article,
        "outlet": choice.outlet,
        "spans": spans,
        "licence": choice.licence,
    }
    bounds = _bounds(spans) if spans is not None else {}
    parts_of = _PARTS | ({"spans": _ONE_SPAN} if _is_one(bounds) else {})
    rest = [parts_of[name] for name, value in values.items() if value is not None]
    values |= bounds
    if (choice.licence or choice.without_reserved) and not has_ledger(archive):
        why = "it is of an older version and knows of no rights; bring it up to date with `kickcrawl update`"
        raise ArchiveError(archive.path, why)
    sets, names = sets_of(archive, choice)
    values |= names
    parts = [*(one.of_articles() for one in sets), *rest]
    others, held = " AND ".join(parts) or "1", None
    total = sets[0].total if len(parts) == len(sets) == 1 else None
    if found is not None:
        held = count_matches(archive, found.expression)
        total = None if parts else count_articles(archive) - held if found.is_complement else held
        parts.insert(0, _words(found, held))  # first, as it is the quickest to test
        values["match"] = found.expression
    elif choice.words is not None:
        parts.append("0")
        total = 0
    return Condition(
        sql=" AND ".join(parts) or "1",
        others=others,
        sets=tuple(sets),
        rest=" AND ".join(rest) or "1",
        values=values,
        match=found,
        held=held,
        total=total,
    )


def count_matches(archive: Archive, expression: str) -> int:
    """Return how many articles an FTS5 expression finds: 40 ms for a million."""
    return archive.count("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :match", {"match": expression})


def _bounds(spans: str) -> dict[str, object]:
    """Return when the first of the *spans* begins and the last ends, and what they have in common."""
    times = [(begin or "", end or "~") for _, begin, end in json.loads(spans)]
    begins, ends = [begin for begin, _ in times] or ["~"], [end for _, end in times] or [""]
    return {"first_begin": min(begins), "last_begin": max(begins), "first_end": min(ends), "last_end": max(ends)}


def _is_one(bounds: dict[str, object]) -> bool:
    """Tell whether the days are the same time to all outlets."""
    return bool(bounds) and (bounds["first_begin"], bounds["first_end"]) == (bounds["last_begin"], bounds["last_end"])


def _words(found: Match, held: int) -> str:
    column = "+a.key" if found.is_complement or held > MAX_LOOKED_UP else "a.key"
    wanted = "NOT IN" if found.is_complement else "IN"
    return f"{column} {wanted} (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"


_PARTS = {
    "article": "a.id = :article",
    "licence": HAS_LICENCE,
    "outlet": "a.outlet = :outlet",
    # What all outlets' days have in common is one range; what only some have, as their clocks differ, is listed from
    # the index articles_by_outlet. What has no publish time is of no day.
    "spans": """a.published_at >= :first_begin AND a.published_at < :last_end AND (
        a.published_at >= :last_begin AND a.published_at < :first_end OR a.key IN (
            SELECT b.key FROM json_each(:spans) s JOIN articles b ON b.outlet = s.value ->> 0
            AND b.published_at >= coalesce(s.value ->> 1, '') AND b.published_at < coalesce(s.value ->> 2, '~')
            AND NOT (b.published_at >= :last_begin AND b.published_at < :first_end)
        )
    )""",
}
_ONE_SPAN = "a.published_at >= :first_begin AND a.published_at < :last_end"
