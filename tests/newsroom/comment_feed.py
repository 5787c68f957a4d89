"""The feed of a post's comments, which WordPress keeps at the post's own address followed by /feed/."""

from __future__ import annotations

import html
import re

from .edition import Edition
from .exchange import Answer
from .head import title_of
from .texture import reader_text


def answer(edition: Edition, path: str) -> Answer | None:
    """Answer URL/feed/ of a listed post; None for any other address."""
    match = re.fullmatch(r"(.+?)/feed/?", path)
    post = next(
        (post for post in edition.listed if match and edition.permalinks.path(post).rstrip("/") == match[1]), None
    )
    if post is None:
        return None
    title = html.escape(reader_text(title_of(post)), quote=False)
    items = "".join(
        f"<item><title>Oleh: {comment.author}</title><link>{edition.post_url(post)}#comment-{comment.id}</link>"
        f"<description>{html.escape(comment.text, quote=False)}</description></item>\n"
        for comment in (post.comments if post.status == "publish" else ())
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Komentar pada: {title}</title><link>{edition.post_url(post)}</link>\n{items}</channel></rss>\n"
    )
    return Answer(200, text.encode(), "application/rss+xml; charset=UTF-8")
