"""A citation as CSL-JSON (CSL 1.0.2), which Zotero, Mendeley, pandoc and citeproc read: pure."""

import json
from datetime import date
from typing import Any

from archive.cite.authors import Author
from archive.cite.source import Source


def as_csl(source: Source) -> str:
    """Return *source* as a list of one item; fields that are not known are not there."""
    item: dict[str, Any] = {
        "id": f"{source.slug}-{source.id}-{source.revision}",
        "type": "article-newspaper",
        "title": source.title,
        "author": [_name(author) for author in source.authors],
        "container-title": source.outlet,
        "publisher": source.publisher,
        "publisher-place": source.place,
        "language": source.language,
        "issued": _date(source.published_on) if source.published_on else None,
        "accessed": _date(source.archived_on),
        "URL": source.url,
        "archive": "kickcrawl",
        "archive_location": source.address or source.name,
        "version": f"revision {source.revision}",
        "note": f"Archived {source.archived_on} as {source.evidence}",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _name(author: Author) -> dict[str, str]:
    if not author.is_person:
        return {"literal": author.name}
    parts = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {name: part for name, part in parts.items() if part}


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
