"""Where a post lives: WordPress' permalink structure, written and read.

``/%year%/%monthnum%/%postname%/`` + post -> ``/2025/07/sawah-kering/`` and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Post

TAGS = {
    "%year%": r"(?P<year>\d{4})",
    "%monthnum%": r"(?P<month>\d{2})",
    "%day%": r"(?P<day>\d{2})",
    "%post_id%": r"(?P<id>\d+)",
    "%postname%": r"(?P<name>[^/]+?)",
    "%category%": r"(?P<category>[^/]+?)",
}


def slugify(text: str) -> str:
    """Return the slug WordPress would make of a title in plain ASCII."""
    ascii_only = re.sub(r"[^a-z0-9\s_-]", "", re.sub(r"[–—/]", "-", text.lower()))
    return re.sub(r"[\s-]+", "-", ascii_only).strip("-")[:190] or "berita"


@dataclass(frozen=True, slots=True)
class Permalinks:
    structure: str

    @property
    def trail(self) -> str:
        """What canonical addresses end in: "/" or nothing, as the structure does."""
        return "/" if self.structure.endswith("/") else ""

    def path(self, post: Post, slug: str | None = None) -> str:
        """Return the post's path; *slug* asks for the one it had under an older slug."""
        values = {
            "%year%": f"{post.published:%Y}",
            "%monthnum%": f"{post.published:%m}",
            "%day%": f"{post.published:%d}",
            "%post_id%": str(post.id),
            "%postname%": slug or post.slug,
            "%category%": post.categories[0].slug,
        }
        path = self.structure
        for tag, value in values.items():
            path = path.replace(tag, value)
        return path

    def page_path(self, post: Post, number: int) -> str:
        """Return the path of page *number* of a multi-page post."""
        path = self.path(post)
        return path if number == 1 else f"{path.rstrip('/')}/{number}{self.trail}"

    def parse(self, path: str) -> tuple[dict[str, str], str] | None:
        """Split a path into the structure's values and what follows them (page number, "feed", "amp", …)."""
        pattern = re.escape(self.structure.rstrip("/"))
        for tag, expression in TAGS.items():
            pattern = pattern.replace(re.escape(tag), expression)
        match = re.fullmatch(rf"{pattern}(?:/(?P<rest>[^/]+))?/?", path)
        if match is None:
            return None
        values = {name: value for name, value in match.groupdict().items() if value is not None}
        return values, values.pop("rest", "")
