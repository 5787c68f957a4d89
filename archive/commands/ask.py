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
from archive.lookup import FILL, ArticleRecord, find_record, has_articles, none_such
from archive.stories.clusters import Member, find_story
from archive.tombstones import find_tombstone
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import UsageError

which = click.option(
    "--archive", "path", type=click.Path(path_type=Path), envvar="KICKCRAWL_ARCHIVE", default=Path("data/archive.db"),
    show_default=True, help="The archive's file; also KICKCRAWL_ARCHIVE.",
)  # fmt: skip


@main.command()
@click.argument("article")
@click.option(
    "--on", metavar="DAY", help="As it stood at the end of this day (2025-07-14, today) of the outlet's clock."
)
@which
@as_json
def show(article: str, on: str | None, path: Path, as_json: bool) -> None:
    """Show an article by its id or its URL, any that it ever had; ID@2 shows its second revision."""
    with read_only(path) as archive:
        buried = find_tombstone(archive, article) or find_tombstone(archive, article.rpartition("@")[0])
        record = find_record(archive, article) if buried is None else None
        if buried is None and (on is not None or (record is None and "@" in article)):
            record = find_state(archive, article, on)
        if buried is None and record is None:
            raise UsageError(f"{path}: {none_such(archive, article)}")
        story = find_story(archive, record["id"]) if record is not None else None
    if record is None:
        assert buried is not None, "one of them is there"
        told = f"{buried.id} was taken down at {buried.taken_down_at}: {buried.reason}"
        echo_json(asdict(buried)) if as_json else click.echo(told)
        return
    if as_json:
        echo_json(record | {"story": story})
        return
    click.secho(record["title"], bold=True)
    click.echo(f"{', '.join(record['authors']) or '-'} · {local_time(record)} · {', '.join(record['sections']) or '-'}")
    archived = f", archived {record['recorded_at']}" if "recorded_at" in record else ""
    click.echo(f"{record['url']}  (id {record['id']}, revision {record['revision']}{archived})")
    if record.get("source"):
        click.echo(f"from a web archive: {record['source']}")
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
def read_only(path: Path, *, tells_empty: bool = True) -> Iterator[Archive]:
    """Open the archive for reading and close it; of one without articles it is told on stderr that it has none."""
    archive = open_archive(path, read_only=True)
    try:
        yield archive
        if tells_empty and not has_articles(archive):
            click.echo(f"kickcrawl: {path} holds no articles; {FILL}", err=True)
    finally:
        archive.close()


def local_time(record: ArticleRecord | Member) -> str:
    """Return the publish time as the outlet's readers saw it, or "no date"."""
    if not record["published_at"]:
        return "no date"
    zone = timezone(timedelta(minutes=record["published_offset"] or 0))
    return f"{datetime.fromisoformat(record['published_at']).astimezone(zone):%Y-%m-%d %H:%M %z}"
