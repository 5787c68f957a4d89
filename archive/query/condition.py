"""A choice as SQL: the condition that the rows of ``articles a`` must meet, and its values."""

from archive.database import Archive
from archive.outlets import spans_of_days
from archive.query.choice import Choice
from archive.search import matching

Condition = tuple[str, dict[str, object]]


def condition(archive: Archive, choice: Choice) -> Condition:
    """Return the condition of *choice*, true for all where nothing is asked, with its values."""
    spans = spans_of_days(archive, choice.since, choice.until, utc=choice.utc)
    values: dict[str, object] = {
        "outlet": choice.outlet, "section": choice.section, "author": choice.author, "spans": spans,
    }  # fmt: skip
    parts = [_PARTS[name] for name, value in values.items() if value is not None]
    if choice.originals:
        parts.append(_IS_ORIGINAL)
    if choice.words is not None:
        part, found = matching(choice.words, exact=choice.exact)
        parts.append(part)
        values |= found
    return " AND ".join(parts) or "1", values


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
