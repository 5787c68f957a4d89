"""What a story's page says: the articles that are copies of one text, and how each differs from the first."""

from typing import Any

from archive.database import Archive
from archive.history.revisions import differences, read_revisions
from archive.stories.clusters import members_of

MAX_MEMBERS = 200  # of a story that are shown
MAX_COMPARED = 20  # that are compared with the first, word by word


def read_story(archive: Archive, story: int) -> dict[str, Any] | None:
    """Return a story's members, the one that came first first, the next ones with what differs; None for no story."""
    members = members_of(archive, story)
    if not members:
        return None
    first = _content(archive, members[0]["id"])
    outlets = {row["slug"]: row for row in archive.rows("SELECT slug, name, language, timezone FROM outlets")}
    shown = []
    for place, member in enumerate(members[:MAX_MEMBERS]):
        outlet = outlets[member["outlet"]]
        about = {name: outlet[name] for name in ("name", "language", "timezone")}
        is_compared = 0 < place <= MAX_COMPARED
        changes = differences(first, _content(archive, member["id"])) if is_compared else []
        shown.append(
            {**member, **about, "changes": [change for change in changes if change.field in ("title", "text")]}
        )
    return {"story": story, "members": shown, "total": len(members)}


def _content(archive: Archive, article_id: str) -> Any:
    return read_revisions(archive, article_id, last=1)[-1].content
