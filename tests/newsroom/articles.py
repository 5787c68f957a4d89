"""Composes a post: words, then everything a newsroom strews between them, in one of the ways it leaves its HTML."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from dataclasses import dataclass

from . import phrases
from .desk import Desk
from .litter import strew
from .model import SITE_NAME, Block, Comment, Edge, Gallery, Mark, Post, Status, Text
from .story import Story, brief, compose
from .topics import GENERAL, TOPICS
from .writer import Writer

DASHES = ("–", "–", "-", "—", "&#8211;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the founding of the site wants of one post; the rest is chance."""

    status: Status = "publish"
    pages: int = 1
    edge: Edge | None = None
    comments: int = 0
    renamed: bool = False
    length: int | None = None  # paragraphs


def write_post(desk: Desk, when: dt.datetime, plan: Plan, *, modified: dt.datetime | None = None) -> Post:
    rng = desk.rng
    writer = Writer(rng, rng.choice(TOPICS), when)
    story, slug = titled_story(desk, writer, plan)
    author = rng.choice(desk.authors)
    style = desk.deal_style(unlike="br" if plan.pages > 1 else None)
    dateline = dateline_of(desk, writer) if story.paragraphs else ""
    texts = tag_links(desk, writer, [html.escape(text, quote=False) for text in story.paragraphs])
    blocks: list[Block] = [Text("p", dateline + text if number == 0 else text) for number, text in enumerate(texts)]
    initials = f"({author.initials})" if story.paragraphs and rng.random() < 0.85 else None
    if initials:
        sign(desk, blocks, initials, own_paragraph=plan.edge == "short" or rng.random() < 0.5)
    if plan.edge is None:
        blocks = strew(desk, writer, slug, blocks)
    elif plan.edge == "photo_only":
        blocks = [Gallery(tuple(desk.image(writer, slug, when) for _ in range(4)))]
    break_pages(blocks, plan.pages)
    canary = None
    if plan.status != "publish":
        canary = "KANARI" + hashlib.sha256(f"{slug} {when:%Y%m%d}".encode()).hexdigest()[:12]
        blocks.insert(1, Text("p", f"Catatan dapur redaksi {canary}, belum untuk pembaca."))
    topic, region = writer.topic, writer.region
    filed = [region.category] if topic.category is None else [topic.category, region.category][: rng.choice([1, 2, 2])]
    post = Post(
        id=desk.new_id(),
        status=plan.status,
        slug=slug,
        title=story.title,
        author=author,
        categories=tuple(desk.categories[category] for category in filed),
        tags=tuple(
            desk.tag(name) for name in sorted({*rng.sample(topic.tags, rng.randint(1, 3)), writer.fixed["kec"]})
        ),
        published=when,
        modified=modified or when,
        blocks=tuple(blocks),
        style=style,
        curly=rng.random() < 0.7,
        featured=desk.image(writer, slug, when, captioned=rng.random() < 0.8) if rng.random() < 0.9 else None,
        dateline=dateline or None,
        initials=initials,
        comments=write_comments(desk, writer, plan.comments),
        old_slugs=(old_slug(desk, slug),) if plan.renamed else (),
        edge=plan.edge,
        canary=canary,
    )
    if post.status == "publish":
        desk.published.append((post.title, desk.permalinks.path(post)))
    return post


def titled_story(desk: Desk, writer: Writer, plan: Plan) -> tuple[Story, str]:
    """Compose until the title makes a slug of its own."""
    length = plan.length or min(16, max(5, round(desk.rng.lognormvariate(2.1, 0.35))))
    while True:
        story = brief(writer) if plan.edge == "short" else compose(writer, length)
        if slug := desk.free_slug(story.title):
            return (Story(story.title, ()) if plan.edge == "photo_only" else story), slug


def old_slug(desk: Desk, slug: str) -> str:
    """A first slug that no present slug begins with, so that only the old-slug redirect can answer for it."""
    desk.slugs.add(old := f"breaking-{slug[:40].rstrip('-')}")
    return old


def dateline_of(desk: Desk, writer: Writer) -> str:
    dash, seat = desk.rng.choice(DASHES), writer.region.seat
    return desk.rng.choice([
        f"{SITE_NAME} {dash} {seat}, ",
        f"<strong>{SITE_NAME} {dash} {seat}</strong>, ",
        f"<strong>{SITE_NAME}</strong> {dash} ",
        f'<a href="{desk.base}/">{SITE_NAME}</a> {dash} ',
        f"<strong>{seat.upper()}, {SITE_NAME}</strong> {dash} ",
        f"{seat.upper()}, {SITE_NAME} {dash} ",
        f"{seat} ({SITE_NAME}) {dash} ",
        "",
    ])  # fmt: skip


def tag_links(desk: Desk, writer: Writer, texts: list[str]) -> list[str]:
    """Link the district's name to its tag in some paragraphs after the lead."""
    name = writer.fixed["kec"]
    link = f'<a href="{desk.base}/tag/{desk.tag(name).slug}{desk.permalinks.trail}">{name}</a>'
    return [
        text.replace(name, link, 1) if number and desk.rng.random() < 0.12 else text
        for number, text in enumerate(texts)
    ]


def sign(desk: Desk, blocks: list[Block], initials: str, *, own_paragraph: bool) -> None:
    """Leave the journalist's initials behind the last words."""
    signature = desk.rng.choice([initials, f"<strong>{initials}</strong>"])
    last = blocks[-1]
    if own_paragraph or not isinstance(last, Text):
        blocks.append(Text("initials", signature))
    else:
        blocks[-1] = Text(last.kind, f"{last.html} {signature}")


def break_pages(blocks: list[Block], pages: int) -> None:
    for number in range(pages - 1, 0, -1):
        blocks.insert(number * len(blocks) // pages, Mark("page"))


def write_comments(desk: Desk, writer: Writer, count: int) -> tuple[Comment, ...]:
    rng = desk.rng
    templates = rng.sample(GENERAL.comments, count)
    return tuple(
        Comment(
            id=desk.new_id(),
            author=f"{rng.choice(phrases.FIRST_NAMES)} {rng.choice(phrases.LAST_NAMES)}",
            at=writer.when + dt.timedelta(minutes=rng.randint(9, 5_000)),
            text=writer.sentence(template),
        )
        for template in templates
    )
