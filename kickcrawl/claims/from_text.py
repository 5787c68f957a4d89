"""Fields that are read from the text of an article itself and stay in it: what opens it, and what ends it."""

from collections.abc import Sequence
from typing import TypedDict

from kickcrawl.article import SiteRules
from kickcrawl.claims.byline import read_dateline, read_initials


class TextFields(TypedDict):
    """Attributes of Article of that name; None where the text holds no such thing."""

    dateline: str | None
    initials: str | None


def read_text_fields(paragraphs: Sequence[str], site: SiteRules) -> TextFields:
    """Return what the *paragraphs* of an article say of it; *site* knows how its outlet signs."""
    names = (*site.dateline_names, site.name)
    return TextFields(
        dateline=read_dateline(paragraphs[0], names, site.places) if paragraphs else None,
        initials=read_initials(paragraphs),
    )
