"""A choice as SQL: the condition that the rows of ``articles a`` must meet, and its values."""

from dataclasses import dataclass

from archive.database import Archive
from archive.outlets import spans_of_days
from archive.query.choice import Choice
from archive.query.match import Match, match


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """SQL that the rows of ``articles a`` must meet, with its values, and what finds its words in the text."""

    sql: str
    values: dict[str, object]
    match: Match | None


def condition(archive: Archive, choice: Choice) -> Condition:
    """Return the condition of *choice*, true for all articles where nothing is asked."""
    values: dict[str, object] = {
        "outlet": choice.outlet,
        "section": choice.section,
        "author": choice.author,
        "spans": spans_of_days(archive, choice.since, choice.until, utc=choice.utc),
    }
    parts = [_PARTS[name] for name, value in values.items() if value is not None]
    if choice.originals:
        parts.append(_IS_ORIGINAL)
    found = match(archive, choice.words, exact=choice.exact) if choice.words is not None else None
    if found is not None:
        parts.append(_WITHOUT_WORDS if found.is_complement else _WITH_WORDS)
        values["match"] = found.expression
    elif choice.words is not None:
        parts.append("0")
    return Condition(sql=" AND ".join(parts) or "1", values=values, match=found)


_WITH_WORDS = "a.key IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
_WITHOUT_WORDS = _WITH_WORDS.replace("IN", "NOT IN", 1)
_PARTS = {
    "outlet": "a.outlet = :outlet",
    "section": "EXISTS (SELECT 1 FROM json_each(a.sections) WHERE value = :section COLLATE NOCASE)",
    "author": "EXISTS (SELECT 1 FROM json_each(a.authors) WHERE value = :author COLLATE NOCASE)",
    # From the index articles_by_outlet alone; what has no publish time is of no day.
    "spans": """a.key IN (
        SELECT b.key FROM json_each(:spans) s JOIN articles b ON b.outlet = s.value ->> 0
        AND b.published_at >= coalesce(s.value ->> 1, '') AND b.published_at < coalesce(s.value ->> 2, '~')
    )""",
}
_IS_ORIGINAL = """NOT EXISTS (
    SELECT 1 FROM story_members m JOIN stories t ON t.id = m.story_id WHERE m.article_id = a.id AND t.first_id <> a.id
)"""
