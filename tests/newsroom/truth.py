"""What a perfect archive would hold of each post: the rows that extraction and crawls are measured against.

Texts are as a reader sees them: curly quotes where the site prints curly ones. `body` has the dateline and initials
that stand inside a paragraph, and no captions, related links, adverts, embeds or initials in a paragraph of their own.
"""

from __future__ import annotations

from typing import Any

from .edition import Edition
from .markup import caption_html, shown, title_html
from .model import Embed, Gallery, Listing, Mark, Picture, Post, Related, Table, Text, images_of, page_count
from .texture import reader_text


def body_of(post: Post) -> list[tuple[str, str]]:
    """Return (kind, text) of every part of the article's body, in order."""
    parts: list[tuple[str, str]] = []
    for block in post.blocks:
        match block:
            case Text("initials", _):
                continue
            case Text(kind, text):
                parts.append((kind, text))
            case Listing(_, items):
                parts.extend(("li", item) for item in items)
            case Table(rows):
                parts.extend(("tr", " ".join(row)) for row in rows)
    return [(kind, reader_text(shown(post, text))) for kind, text in parts]


def captions_of(post: Post) -> list[str]:
    inside = [block for block in post.blocks if isinstance(block, Picture | Gallery)]
    images = [image for block in inside for image in ((block.image,) if isinstance(block, Picture) else block.images)]
    return [reader_text(caption_html(post, image)) for image in images if image.caption]


def flags_of(post: Post) -> dict[str, Any]:
    blocks = post.blocks
    kinds = {block.kind for block in blocks if isinstance(block, Text)}
    return {
        "multi_page": page_count(post) > 1,
        "pages": page_count(post),
        "gallery": any(isinstance(block, Gallery) for block in blocks),
        "embed": [block.kind for block in blocks if isinstance(block, Embed)],
        "table": any(isinstance(block, Table) for block in blocks),
        "list": any(isinstance(block, Listing) for block in blocks),
        "blockquote": "quote" in kinds,
        "subheads": "h" in kinds,
        "baca_juga": sum(isinstance(block, Related) for block in blocks),
        "inline_ad": Mark("advert") in blocks,
        "edge": post.edge,
    }


def row(edition: Edition, post: Post) -> dict[str, Any]:
    body = body_of(post)
    links = [block for block in post.blocks if isinstance(block, Related)]
    featured = post.featured.caption if post.featured else None
    return {
        "id": post.id,
        "url": edition.post_url(post),
        "type": "post",
        "status": post.status,
        "archive": post.status == "publish",
        "title": reader_text(title_html(post)),
        "slug": post.slug,
        "author": post.author.name,
        "author_slug": post.author.slug,
        "category": [term.name for term in post.categories],
        "category_slugs": [term.slug for term in post.categories],
        "tags": [term.name for term in post.tags],
        "published": post.published.isoformat(),
        "modified": post.modified.isoformat(),
        "words": sum(len(text.split()) for _, text in body),
        "body": [text for _, text in body],
        "body_kinds": [kind for kind, _ in body],
        "dateline": reader_text(shown(post, post.dateline)) if post.dateline else "",
        "initials": post.initials,
        "baca_juga": [reader_text(shown(post, f"{link.label} {link.title}")) for link in links],
        "baca_styles": [link.style for link in links],
        "captions": captions_of(post),
        "featured_caption": reader_text(shown(post, featured)) if featured else None,
        "images": [f"{edition.base}/wp-content/uploads/{image.path}" for image in images_of(post)],
        "comments": [comment.text for comment in post.comments],
        "flags": flags_of(post),
        "style": post.style,
        "old_urls": [edition.base + edition.permalinks.path(post, slug) for slug in post.old_slugs],
        "canary": post.canary,
    }
