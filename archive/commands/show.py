"""The command line's `show`: an article as it is, as it was, or what remains of it after a takedown."""

import textwrap
from dataclasses import asdict
from pathlib import Path

import click

from archive.cli import local_time, read_only, which
from archive.database import Archive
from archive.history.past import find_state
from archive.lookup import ArticleRecord, find_record, none_such
from archive.stories.clusters import Story, find_story
from archive.tombstones import Tombstone, find_tombstone
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import UsageError


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
        found = _find(archive, article, on)
        story = None if isinstance(found, Tombstone) else find_story(archive, found["id"])
    if isinstance(found, Tombstone):
        told = f"{found.id} was taken down at {found.taken_down_at}: {found.reason}"
        echo_json(asdict(found)) if as_json else click.echo(told)
    elif as_json:
        echo_json(found | {"story": story})
    else:
        _echo(found, story)


def _find(archive: Archive, article: str, on: str | None) -> ArticleRecord | Tombstone:
    """Return the asked state of an article, or its tombstone. Raises UsageError where it was never archived."""
    if buried := find_tombstone(archive, article) or find_tombstone(archive, article.rpartition("@")[0]):
        return buried
    record = find_record(archive, article)
    if on is not None or (record is None and "@" in article):
        record = find_state(archive, article, on)
    if record is None:
        raise UsageError(f"{archive.path}: {none_such(archive, article)}")
    return record


def _echo(record: ArticleRecord, story: Story | None) -> None:
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
