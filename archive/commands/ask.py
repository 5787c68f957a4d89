"""The command line's `status`, `show` and `search`, and what commands that read an archive share."""

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from archive.database import Archive, open_archive
from archive.history.past import find_state
from archive.lookup import ArticleRecord, find_record
from archive.outlets import read_zones
from archive.search import search as find
from archive.stories.clusters import Member, find_story
from archive.tombstones import find_tombstone
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.days import day_of
from kickcrawl.errors import ArchiveError, UsageError

which = click.option(
    "--archive", "path", type=click.Path(path_type=Path), envvar="KICKCRAWL_ARCHIVE", default=Path("data/archive.db"),
    show_default=True, help="The archive's file; also KICKCRAWL_ARCHIVE.",
)  # fmt: skip


day = click.DateTime(["%Y-%m-%d"])
in_utc = click.option("--utc", is_flag=True, help="Days are those of UTC, not of the outlet's own clock.")


@main.command()
@click.argument("article")
@click.option("--on", metavar="DAY", help="As it stood at the end of this day (2025-07-14) in the outlet's zone.")
@which
@as_json
def show(article: str, on: str | None, path: Path, as_json: bool) -> None:
    """Show an article by its id or its URL, any that it ever had; ID@2 shows its second revision."""
    with read_only(path) as archive:
        record = find_record(archive, article)
        if on is not None or (record is None and "@" in article):
            record = find_state(archive, article, on)
        story = find_story(archive, record["id"]) if record is not None else None
        buried = find_tombstone(archive, article) if record is None else None
    if buried is not None:
        told = f"{buried.id} was taken down at {buried.taken_down_at}: {buried.reason}"
        echo_json(asdict(buried)) if as_json else click.echo(told)
        return
    if record is None:
        raise ArchiveError(path, f"holds no article {article!r}; find one with: kickcrawl search WORDS")
    if as_json:
        echo_json(record | {"story": story})
        return
    click.secho(record["title"], bold=True)
    click.echo(f"{', '.join(record['authors']) or '-'} · {local_time(record)} · {', '.join(record['sections']) or '-'}")
    archived = f", archived {record['recorded_at']}" if "recorded_at" in record else ""
    click.echo(f"{record['url']}  (id {record['id']}, revision {record['revision']}{archived})")
    if record["gone_at"]:
        click.echo(f"gone from the site since {record['gone_at']}")
    if record["pages_missing"]:
        click.echo(f"incomplete: {record['pages_missing']} of its further pages could not be had")
    for paragraph in record["text"].split("\n\n"):
        click.echo("\n" + textwrap.fill(paragraph, 100))
    for image in record["images"]:
        click.echo(f"\n[picture] {image['caption'] or ''} {image['url']}")
    for link in record["related"] or ():
        click.echo(f"[related] {link['title']}  {link['url']}")
    if record["tags"]:
        click.echo(f"\nTags: {', '.join(record['tags'])}")
    for member in story["members"] if story else ():
        if member["id"] != record["id"]:
            click.echo(f"[same copy] {member['title']}  {member['url']}  (id {member['id']}, {local_time(member)})")


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--outlet", help="Only this outlet.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--exact", is_flag=True, help="Only the words as they are written, not their other forms.")
@which
@as_json
def search(words: tuple[str, ...], outlet: str | None, limit: int, exact: bool, path: Path, as_json: bool) -> None:
    """Find articles that hold all WORDS in title or text, in any form; a phrase in quotation marks as it is written."""
    with read_only(path) as archive:
        check_outlet(archive, outlet)
        query = " ".join(f'"{word}"' if " " in word else word for word in words)
        zones = read_zones(archive)
        hits = find(archive, query, outlet=outlet, limit=limit, mode="exact" if exact else "stem")
    if as_json:
        echo_json([{name: getattr(hit, name) for name in hit.__slots__} for hit in hits])
        return
    for hit in hits:
        click.secho(hit.title, bold=True)
        published = day_of(hit.published_at, zones[hit.outlet]) if hit.published_at else "?"
        click.echo(f"  {hit.id}  {published}  {hit.outlet}  {hit.url}")
        click.echo(textwrap.indent(textwrap.fill(hit.snippet.replace("\n", " "), 96), "  "))
    if not hits:
        click.echo("nothing found")


@contextmanager
def read_only(path: Path) -> Iterator[Archive]:
    """Open the archive for reading and close it."""
    archive = open_archive(path, read_only=True)
    try:
        yield archive
    finally:
        archive.close()


def check_outlet(archive: Archive, slug: str | None) -> None:
    """Raise UsageError, which says what there is, for an outlet of which nothing is archived."""
    if slug is not None and archive.row("SELECT 1 FROM outlets WHERE slug = :slug", {"slug": slug}) is None:
        known = ", ".join(row["slug"] for row in archive.rows("SELECT slug FROM outlets ORDER BY slug"))
        raise UsageError(f"{archive.path}: holds nothing of an outlet {slug!r}; there are: {known or 'none'}")


def local_time(record: ArticleRecord | Member) -> str:
    """Return the publish time as the outlet's readers saw it, or "no date"."""
    if not record["published_at"]:
        return "no date"
    zone = timezone(timedelta(minutes=record["published_offset"] or 0))
    return f"{datetime.fromisoformat(record['published_at']).astimezone(zone):%Y-%m-%d %H:%M %z}"
