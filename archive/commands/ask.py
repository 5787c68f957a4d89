"""The command line's `show`, and what commands that read an archive share."""

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
from archive.stories.clusters import Member, find_story
from archive.tombstones import find_tombstone
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import ArchiveError, UsageError

which = click.option(
    "--archive", "path", type=click.Path(path_type=Path), envvar="KICKCRAWL_ARCHIVE", default=Path("data/archive.db"),
    show_default=True, help="The archive's file; also KICKCRAWL_ARCHIVE.",
)  # fmt: skip


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
