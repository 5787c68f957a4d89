"""What editors do to a post after it is out: one function a kind, each giving the changed post and what changed.

Edits are pure: they return a new post; `site` stamps it with the time and puts it into the next edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .desk import Desk
from .markup import shown
from .model import Post, Text
from .texture import reader_text
from .topics import GENERAL, TOPICS
from .writer import Writer

EXTRA_TAG = "pilihan redaksi"
Edited = tuple[Post, dict[str, Any]]


class EditRefused(ValueError):
    """A post cannot be edited this way, for example a word of a post without words."""

    def __init__(self, post: Post, kind: str, reason: str) -> None:
        super().__init__(f"post {post.id} cannot have its {kind} edited: {reason}")
        self.post, self.kind, self.reason = post, kind, reason


def paragraphs_of(post: Post) -> list[int]:
    return [place for place, block in enumerate(post.blocks) if isinstance(block, Text) and block.kind == "p"]


def with_block(post: Post, place: int, *new: Text, removed: int = 1) -> Post:
    blocks = list(post.blocks)
    blocks[place : place + removed] = new
    return replace(post, blocks=tuple(blocks), edge=None if new and post.edge == "photo_only" else post.edge)


def reprinted(desk: Desk, post: Post, when: dt.datetime) -> Post:
    """Write *post* once more, as a press release is printed again: a new headline, one paragraph more."""
    title = f"Sepekan lalu: {post.title}"
    slug = desk.free_slug(title)
    assert slug is not None, "its words come before all others'"
    more = Text("p", "Redaksi memuat kembali kabar ini karena banyak pembaca menanyakannya pekan ini.")
    return replace(
        post, id=desk.new_id(), title=title, slug=slug, published=when, modified=when, blocks=(*post.blocks, more),
        featured=None, comments=(), old_slugs=(), edge=None,
    )  # fmt: skip


def change_word(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    """Misspell or mend one word of a paragraph, never of its dateline or a tag."""
    places = paragraphs_of(post)
    choices = []
    for place in places:
        block = post.blocks[place]
        words = block.html.split(" ") if isinstance(block, Text) else []
        choices += [
            (place, number) for number, word in enumerate(words) if number > 5 and word.isalpha() and len(word) > 4
        ]
    if not choices:
        raise EditRefused(post, "word", "it has no plain word")
    place, number = desk.rng.choice(choices)
    block = post.blocks[place]
    assert isinstance(block, Text)
    words = block.html.split(" ")
    before = words[number]
    words[number] = after = (
        before[:-2] + desk.rng.choice([vowel for vowel in "aeiou" if vowel != before[-2]]) + before[-1]
    )
    return with_block(post, place, Text(block.kind, " ".join(words))), {"before": before, "after": after}


def add_paragraph(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    """Add a closing paragraph behind the last one, before initials that stand alone."""
    writer = Writer(desk.rng, desk.rng.choice(TOPICS), when)
    text = writer.sentence(desk.rng.choice(GENERAL.closings))
    places = paragraphs_of(post)
    place = places[-1] + 1 if places else len(post.blocks)
    return with_block(post, place, Text("p", text), removed=0), {
        "before": None,
        "after": reader_text(shown(post, text)),
    }


def remove_paragraph(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    """Take out one paragraph that is neither the first nor the last."""
    inner = paragraphs_of(post)[1:-1]
    if not inner:
        raise EditRefused(post, "remove", "it has fewer than three paragraphs")
    place = desk.rng.choice(inner)
    block = post.blocks[place]
    assert isinstance(block, Text)
    return with_block(post, place), {"before": reader_text(shown(post, block.html)), "after": None}


def add_correction(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    writer = Writer(desk.rng, desk.rng.choice(TOPICS), when)
    text = writer.fill(
        f"Ralat ({when:%d/%m/%Y %H.%M} Wita): jumlah yang tertulis semula keliru, "
        "yang benar {nn} orang. Redaksi memohon maaf kepada pembaca."
    )
    changed = with_block(post, len(post.blocks), Text("note", text), removed=0)
    return changed, {"before": None, "after": reader_text(shown(post, text))}


def change_title(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    endings = [", begini penjelasannya", ", warga angkat bicara", ", ini rinciannya"]
    ending = desk.rng.choice([ending for ending in endings if ending not in post.title])
    bare = post.title.strip('"')
    for old in endings:
        bare = bare.removesuffix(old)
    return replace(post, title=bare + ending), {"before": post.title, "after": bare + ending}


def change_terms(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    """Add the editors' tag, or take it away where it is."""
    tag = desk.tag(EXTRA_TAG)
    kept = tuple(other for other in post.tags if other != tag)
    tags = kept if tag in post.tags else (*kept, tag)
    return replace(post, tags=tags), {"before": [old.name for old in post.tags], "after": [new.name for new in tags]}


def touch(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    return post, {"before": None, "after": None}


def change_slug(desk: Desk, post: Post, when: dt.datetime) -> Edited:
    """Give the post another slug; WordPress keeps the old one and redirects from it."""
    number = len(post.old_slugs)
    slug = f"{post.slug.removesuffix('-terbaru')[:150]}-terbaru"
    while slug in desk.slugs:
        number += 1
        slug = f"{slug.rsplit('-terbaru', 1)[0]}-terbaru-{number}"
    desk.slugs.add(slug)
    changed = replace(post, slug=slug, old_slugs=(*post.old_slugs, post.slug))
    paths = desk.permalinks.path(post), desk.permalinks.path(changed)
    return changed, {"before": desk.base + paths[0], "after": desk.base + paths[1]}


KINDS: dict[str, Callable[[Desk, Post, dt.datetime], Edited]] = {
    "word": change_word,
    "paragraph": add_paragraph,
    "title": change_title,
    "terms": change_terms,
    "touch": touch,
    "slug": change_slug,
    "remove": remove_paragraph,
    "correction": add_correction,
}
BODY_KINDS = frozenset({"word", "paragraph", "remove", "correction"})
