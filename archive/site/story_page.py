"""What a story's page says: the articles that are copies of one text, and how each differs from the first."""

from collections.abc import Sequence
from typing import Any

from archive.database import Archive
from archive.history.revisions import differences, read_revisions
from archive.stories.clusters import Member, members_of

MAX_MEMBERS = 200  # of a story that are shown
MAX_COMPARED = 20  # that are compared with the first, word by word


def read_story(archive: Archive, story: int) -> dict[str, Any] | None:
    """Return a story's members, the one that came first first, the next ones with what differs; None for no story."""
    members = members_of(archive, story)
    if not members:
        return None
    first = _content(archive, members[0]["id"])
    shown = []
    for place, member in enumerate(with_outlets(archive, members[:MAX_MEMBERS])):
        is_compared = 0 < place <= MAX_COMPARED
        changes = differences(first, _content(archive, member["id"])) if is_compared else []
        shown.append({**member, "changes": [change for change in changes if change.field in ("title", "text")]})
    return {"story": story, "members": shown, "total": len(members)}


def with_outlets(archive: Archive, members: Sequence[Member]) -> list[dict[str, Any]]:
    """Return members of a story with the ``name``, ``language`` and ``timezone`` of their outlets."""
    outlets = {row["slug"]: row for row in archive.rows("SELECT slug, name, language, timezone FROM outlets")}
    about = ("name", "language", "timezone")
    return [{**member, **{name: outlets[member["outlet"]][name] for name in about}} for member in members]


def _content(archive: Archive, article_id: str) -> Any:
    return read_revisions(archive, article_id, last=1)[-1].content
