"""What commands that read an archive share: its option, opening it, and times as readers of the outlet saw them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from archive.database import Archive, open_archive
from archive.lookup import FILL, ArticleRecord, has_articles
from archive.stories.clusters import Member

which = click.option(
    "--archive", "path", type=click.Path(path_type=Path), envvar="KICKCRAWL_ARCHIVE", default=Path("data/archive.db"),
    show_default=True, help="The archive's file; also KICKCRAWL_ARCHIVE.",
)  # fmt: skip


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
