"""A citation as a sentence for a footnote: pure."""

from datetime import date

from archive.cite.source import Source

_ENDS = (".", "!", "?", "…")


def as_text(source: Source) -> str:
    """Return *source* in one line, authors as they signed, with the digest by which it can be checked.

    Siti Rahma, Lalu Anom. “Harga cabai naik.” Warta Uji, 14 July 2025. https://warta.example/cabai. Archived
    15 July 2025 as 3f21ab004c9d@2, https://arsip.example/article/3f21ab004c9d@2, sha256:….
    """
    authors = ", ".join(author.name for author in source.authors)
    title = source.title if source.title.endswith(_ENDS) else f"{source.title}."
    published = in_words(source.published_on) if source.published_on else "no date"
    lines = (
        f"{authors}." if authors and not authors.endswith(".") else authors,
        f"“{title}”",
        f"{source.outlet}, {published}.",
        f"{source.url}.",
        f"Archived {in_words(source.archived_on)} as {source.evidence}.",
    )
    return " ".join(line for line in lines if line)


def in_words(day: date) -> str:
    """Return *day* as 14 July 2025."""
    return f"{day.day} {day:%B %Y}"
