"""The command line's `takedown`."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from tqdm import tqdm

from archive.cli import read_only, which
from archive.database import open_archive
from archive.lock import lock_run
from archive.lookup import find_record
from archive.takedown.takedown import finish, take_down
from archive.tombstones import Tombstone, find_tombstone
from archive.verify.archive import volume
from kickcrawl.cli import main
from kickcrawl.errors import ArchiveError, UsageError


@main.command()
@click.argument("article")
@click.option("--reason", help="Why, for whoever asks for it later.")
@click.option("--yes", is_flag=True, help="Do not ask whether it is the right one.")
@which
def takedown(article: str, reason: str | None, yes: bool, path: Path) -> None:
    """Take an article's content out of the archive for good: tables, indexes, WARC files. A tombstone stays.

    ARTICLE is its id or an address that it had. Backups, exports and copies by other outlets are not reached.
    """
    with read_only(path, tells_empty=False) as archive:
        buried, record = find_tombstone(archive, article), find_record(archive, article)
    if buried is not None:
        _finish(path, buried)
        return
    if record is None or article != record["id"] and "://" not in article:
        raise ArchiveError(path, f"holds no article {article!r}; its whole id or an address is needed")
    if not (reason or "").strip():
        raise UsageError("a takedown needs its reason: --reason 'court order 12/2026'")
    if not yes:
        click.confirm(f"Take down {record['title']!r}, {record['url']}? It cannot be undone", abort=True)
    with lock_run(path, record["outlet"]), closing(open_archive(path)) as archive:
        bar = tqdm(total=volume(archive), unit="B", unit_scale=True, leave=False, disable=not sys.stderr.isatty())
        with bar:
            subject = take_down(archive, record["id"], str(reason), datetime.now(UTC), bar.update)
        count = archive.count("SELECT count(*) FROM replaced WHERE article_id = :id", {"id": record["id"]})
    click.echo(f"{record['id']} is taken down; {count} WARC records that held it are empty now")
    if shown := subject.pictures.elsewhere:
        click.echo(f"pictures of it that other articles show, too, are still there: {', '.join(sorted(shown)[:5])}")
    if others := subject.shared_with:
        some = f"{', '.join(others[:5])}{', ...' if len(others) > 5 else ''}"
        click.echo(
            f"a paragraph of it also stands in {len(others)} other articles of the outlet, and still does: {some}"
        )


def _finish(path: Path, buried: Tombstone) -> None:
    with lock_run(path, buried.outlet), closing(open_archive(path)) as archive:
        finish(archive, buried.id, datetime.now(UTC))
    click.echo(f"{buried.id} was taken down at {buried.taken_down_at}: {buried.reason}; nothing of it is left")
