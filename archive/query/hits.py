"""The first articles of a choice as a reader of a list wants them: with a piece of their text."""

import json
from dataclasses import dataclass

from archive.database import Archive
from archive.query.beginnings import MAX_SOUGHT, condition_of_list, index_of
from archive.query.bm25 import too_common
from archive.query.census import take_census
from archive.query.choice import Choice
from archive.query.choose import Order, count_met, in_order
from archive.query.condition import Condition
from archive.query.match import Match
from archive.query.relevance import MAX_RANKED, best, look_up

MAX_OPENING = 160  # characters of a text that are shown where nothing was searched for in it


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with a piece of its text, what was found between the marks that find() was given."""

    id: str
    outlet: str
    url: str
    title: str
    published_at: str | None
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first articles of a choice, and how many there are in all.

    *ranked*: how many of the newest were ranked, if not all were; the others come after them. *too_common*: words that
    were not used for ranking, as too many articles have them (bm25.telling()). *sought*: how many of the newest
    articles were searched, if not all were, because of a prefix that too many words begin with (beginnings.py); *total*
    then counts among these. *is_unranked*: for the same reason the newest come first where the best were asked for.
    """

    hits: list[Hit]
    total: int
    ranked: int | None
    too_common: tuple[str, ...] = ()
    sought: int | None = None
    is_unranked: bool = False


def find(
    archive: Archive,
    choice: Choice,
    *,
    order: Order = "relevance",
    limit: int | None = 20,
    marks: tuple[str, str] = ("[", "]"),
) -> Found:
    """Return the first *limit* articles of *choice* in this order, all without a limit, and how many there are."""
    return find_met(archive, condition_of_list(archive, choice, order), order=order, limit=limit, marks=marks)


def find_met(archive: Archive, asked: Condition, *, order: Order, limit: int | None, marks: tuple[str, str]) -> Found:
    """Return the first articles that meet a condition; as find(), for who needs the condition, too."""
    found = asked.match
    if asked.is_few:
        hits, total = hits_of(archive, (asked.keys or [])[:limit], found, marks), count_met(archive, asked)
        return Found(hits=hits, total=total, ranked=None, sought=asked.sought, is_unranked=order == "relevance")
    if order != "relevance" or found is None:
        hits = hits_of(archive, list(in_order(archive, asked, order, limit)), found, marks)
        return Found(hits=hits, total=count_met(archive, asked), ranked=None)
    asked = look_up(archive, asked)
    total, census = count_met(archive, asked), take_census(archive, found, asked.held)
    return Found(
        hits=hits_of(archive, list(best(archive, asked, limit, census)), found, marks),
        total=total,
        ranked=MAX_RANKED if total > MAX_RANKED else None,
        too_common=too_common(found.terms, census),
    )


def hits_of(archive: Archive, keys: list[int], found: Match | None, marks: tuple[str, str]) -> list[Hit]:
    """Return the articles with these keys, in this order, with what *found* finds in them."""
    pieces = _snippets(archive, keys, found, marks) if found is not None and found.terms else {}
    return [_hit(archive, key, pieces.get(key)) for key in keys]


def _hit(archive: Archive, key: int, piece: str | None) -> Hit:
    row = archive.row(_FIELDS, {"key": key})
    assert row is not None, "an article goes only while nobody reads"
    piece = opening(row["opening"]) if piece is None else piece
    return Hit(row["id"], row["outlet"], row["url"], row["title"], row["published_at"], piece)


def opening(text: str) -> str:
    """Return the first words of *text*, with a mark where there are more.

    >>> opening("Harga beras naik.\\n\\nWarga mengeluh.")
    'Harga beras naik. Warga mengeluh.'
    """
    folded = " ".join(text.split())
    if len(folded) <= MAX_OPENING:
        return folded
    end = folded.rfind(" ", MAX_OPENING * 3 // 4, MAX_OPENING + 1)  # -1 in scripts that part no words
    return f"{folded[: end if end > 0 else MAX_OPENING]} …"


def _snippets(archive: Archive, keys: list[int], found: Match, marks: tuple[str, str]) -> dict[int, str]:
    """Return a piece of the text of each article in which the question finds something.

    One by one, which costs the same however many articles have the words; but of a beginning of words FTS5 puts the
    list of all articles together each time: there they are asked for at once, few of them in an index of their own.
    """
    values = {"match": found.to_show, "open": marks[0], "close": marks[1]}
    if found.has_prefix and len(keys) <= MAX_SOUGHT:
        with index_of(archive, keys):
            return dict(map(tuple, archive.rows(_SNIPPETS.format(index="few_fts", which="1"), values)))
    if found.has_prefix:
        all_of_them = _SNIPPETS.format(index="articles_fts", which=_ALL)
        return dict(map(tuple, archive.rows(all_of_them, values | {"keys": json.dumps(keys)})))
    one = _SNIPPETS.format(index="articles_fts", which="rowid = :key")
    return {row[0]: row[1] for key in keys for row in archive.rows(one, values | {"key": key})}


_FIELDS = "SELECT id, outlet, url, title, substr(text, 1, 320) AS opening, published_at FROM articles WHERE key = :key"
_SNIPPETS = """
    SELECT rowid, snippet({index}, -1, :open, :close, ' … ', 24) FROM {index} WHERE {index} MATCH :match AND {which}
"""
_ALL = "+rowid IN (SELECT value FROM json_each(:keys))"
