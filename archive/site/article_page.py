"""What an article's page says: itself, its story, its revisions with what changed, its witnesses, its addresses."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from archive.database import Archive
from archive.export import find_record
from archive.stories import find_story
from kickcrawl.diff import Piece, word_diff

REVISIONS = 20  # the latest ones are compared on the page; the table revisions has all
FIELDS = (
    "title authors section sections tags published_at modified_at text images language dateline initials native_id url"
).split()


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a revision against the revision before."""

    field: str
    pieces: list[Piece]


def read_article(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return everything about the article of that id, or the first digits of one, or None."""
    article = find_record(archive, name)
    if article is None:
        return None
    values = {"id": article["id"], "capture": article["capture_id"], "outlet": article["outlet"]}
    return {
        "article": article,
        "paragraphs": paragraphs(article["text"], article["dateline"], article["initials"]),
        "outlet": archive.row("SELECT * FROM outlets WHERE slug = :outlet", values),
        "capture": archive.row("SELECT * FROM captures WHERE id = :capture", values),
        "addresses": archive.rows(_ADDRESSES, values),
        "related": [link | {"id": _archived(archive, link["url"])} for link in article["related"]],
        "story": find_story(archive, article["id"]),
        "revisions": read_revisions(archive, article["id"]),
        "witnesses": witnesses(article),
    }


def read_revisions(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """Return the revisions, latest first, each with its changes against the one before."""
    rows = archive.rows(
        "SELECT * FROM revisions WHERE article_id = :id ORDER BY number DESC LIMIT :limit",
        {"id": article_id, "limit": REVISIONS + 1},
    )
    earlier = [*rows[1:], None][: len(rows)]
    return [
        {"number": row["number"], "recorded_at": row["recorded_at"], "modified_at": row["modified_at"]}
        | {"run_id": row["run_id"], "changes": changes(before, row) if before is not None else []}
        for row, before in zip(rows, earlier, strict=True)
    ][:REVISIONS]


def changes(before: sqlite3.Row | dict[str, Any], after: sqlite3.Row | dict[str, Any]) -> list[Change]:
    """Return what differs between two revisions, field by field, word by word."""
    found = [
        Change(name, word_diff(read(before[name]), read(after[name])))
        for name, read in (("title", str), ("text", str), ("authors", _list), ("sections", _list), ("tags", _list))
        if before[name] != after[name]
    ]
    captions = _captions(before["images"]), _captions(after["images"])
    return [*found, Change("captions", word_diff(*captions))] if captions[0] != captions[1] else found


def witnesses(article: dict[str, Any]) -> list[dict[str, Any]]:
    """Return for each field where its value came from, and what other sources said instead."""
    fields = [name for name in FIELDS if name in article["origins"]]
    others = article["disagreements"]
    fields += sorted({*article["origins"], *(claim["field"] for claim in others)} - {*fields})
    return [
        {
            "field": name,
            "source": article["origins"].get(name),
            "value": None if name == "text" else article.get(name),
            "others": [claim for claim in others if claim["field"] == name],
        }
        for name in fields
    ]


def paragraphs(text: str, dateline: str | None = None, initials: str | None = None) -> list[dict[str, Any]]:
    """Return the paragraphs of a text, table rows as rows of cells; the dateline and the initials stand apart.

    >>> paragraphs("Selong, Warga antre.", "Selong,")
    [{'dateline': 'Selong,', 'lines': ['Warga antre.'], 'initials': None}]
    """
    shown: list[dict[str, Any]] = []
    for part in text.split("\n\n") if text else []:
        lines = part.split("\n")
        if all(" | " in line for line in lines):
            rows = [line.split(" | ") for line in lines]
            if shown and "rows" in shown[-1]:
                shown[-1]["rows"] += rows
            else:
                shown.append({"rows": rows})
        elif shown and "rows" not in shown[-1] and part == initials:
            shown[-1]["initials"] = initials
        else:
            shown.append({"dateline": None, "lines": lines, "initials": None})
    first = shown[0] if shown else {}
    if dateline and "lines" in first and first["lines"][0].startswith(dateline):
        first |= {
            "dateline": dateline,
            "lines": [first["lines"][0].removeprefix(dateline).lstrip(), *first["lines"][1:]],
        }
    return shown


def _archived(archive: Archive, url: str) -> str | None:
    found: str | None = archive.value("SELECT article_id FROM article_urls WHERE url = :url", {"url": url})
    return found


def _list(column: str) -> str:
    return ", ".join(json.loads(column))


def _captions(column: str) -> str:
    return "\n".join(image["caption"] for image in json.loads(column) if image["caption"])


_ADDRESSES = (
    "SELECT url, first_seen_at, last_seen_at FROM article_urls WHERE article_id = :id ORDER BY first_seen_at, url"
)
