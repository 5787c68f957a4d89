"""The articles that a search finds, without their number."""

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import Order
from archive.query.hits import Hit, find


def search(
    archive: Archive,
    choice: Choice,
    *,
    order: Order = "relevance",
    limit: int | None = 20,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Return the first *limit* articles of *choice*, all without a limit."""
    return find(archive, choice, order=order, limit=limit, marks=marks).hits
