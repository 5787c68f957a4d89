"""The newsroom's bookkeeping: ids, slugs, tags, authors and pictures, each given out once and in a fixed order."""

from __future__ import annotations

import datetime as dt
from random import Random

from . import phrases
from .model import Author, Image, StaticPage, Style, Term
from .permalinks import Permalinks, slugify
from .topics import GENERAL
from .writer import Writer

# how often each way of leaving HTML turns up
STYLE_DECK: tuple[Style, ...] = (*("classic",) * 6, *("gutenberg",) * 5, *("justify",) * 2, *("div",) * 2, "br")


class Desk:
    """What composing a post needs besides words. Not thread-safe: the newsroom composes under its lock."""

    def __init__(self, *, seed: int, base: str, permalinks: Permalinks) -> None:
        self.rng = Random(seed)
        self.base = base
        self.permalinks = permalinks
        self.last_id = 40
        self.slugs: set[str] = set()
        self.published: list[tuple[str, str]] = []  # title and path of public posts so far, for "Baca juga"
        self.tags: dict[str, Term] = {}
        self._styles: list[Style] = []
        self.categories = {
            slug: Term(id=number, name=name, slug=slug)
            for number, (slug, name) in enumerate(phrases.CATEGORIES, start=2)
        }
        self.authors = tuple(
            Author(id=number, slug=slug, name=name, initials=initials)
            for number, (slug, name, initials) in enumerate(phrases.AUTHORS, start=2)
        )

    def deal_style(self, *, unlike: Style | None = None) -> Style:
        """Deal a style like a card, so that any run of posts as long as the deck shows every one."""
        if not set(self._styles) - {unlike}:
            self._styles += self.rng.sample(STYLE_DECK, len(STYLE_DECK))
        place = next(place for place, style in enumerate(self._styles) if style != unlike)
        return self._styles.pop(place)

    def new_id(self) -> int:
        self.last_id += self.rng.choice([1, 1, 2, 3])
        return self.last_id

    def tag(self, name: str) -> Term:
        if name not in self.tags:
            self.tags[name] = Term(id=20 + len(self.tags), name=name, slug=slugify(name))
        return self.tags[name]

    def free_slug(self, title: str) -> str | None:
        """Take the title's slug; None when it begins another post's slug or the other way round.

        WordPress answers an unknown slug with a redirect to the post whose slug it begins, so overlapping slugs would
        let a removed post answer 301 instead of 404.
        """
        slug = slugify(title)
        if any(slug.startswith(taken) or taken.startswith(slug) for taken in self.slugs):
            return None
        self.slugs.add(slug)
        return slug

    def image(self, writer: Writer, slug: str, day: dt.datetime, *, captioned: bool = True) -> Image:
        rng = self.rng
        number = self.new_id()
        name = f"{slug[:48].strip('-')}-{rng.choice(['foto', 'img', 'wa'])}{number}"
        subject, credit = writer.sentence(rng.choice(GENERAL.captions)), rng.choice(phrases.CREDITS)
        caption = rng.choice([f"Foto: {subject} ({credit})", f"{subject}. Foto: {credit}", f"{subject} ({credit})"])
        return Image(
            id=number,
            slug=name,
            path=f"{day:%Y/%m}/{name}.jpg",
            alt=subject,
            caption=caption if captioned else None,
        )

    def static_pages(self, day: dt.datetime) -> tuple[StaticPage, ...]:
        pages = []
        for slug, title in phrases.PAGES:
            self.slugs.add(slug)
            texts = tuple(self.rng.sample(GENERAL.page_texts, 4))
            pages.append(StaticPage(id=self.new_id(), slug=slug, title=title, paragraphs=texts, published=day))
        return tuple(pages)
