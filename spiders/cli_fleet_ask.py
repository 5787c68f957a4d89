"""The commands of ``kickcrawl fleet`` that ask all shards as one archive: search, sql, export, stories, reextract."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.search import SearchCommand, choice_of, lists_articles, tell_count, tell_found, tell_timeline
from archive.commands.stories import tell_stories
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order
from archive.query.options import chooses_articles
from kickcrawl.cli import as_json, echo_json
from kickcrawl.errors import UsageError
from spiders.cli_fleet import do_rounds, fleet, open_fleet, where, with_address, with_work, with_workers, work_folder

if TYPE_CHECKING:
    from archive.shards.fan import Fan


@contextmanager
def asking(url: str, work: Path | None, address: str) -> Iterator[tuple["Fan", list[str]]]:
    """Give a fan over all shards that hold an archive, and the names of these. Raises UsageError where none does."""
    from spiders.fleet.ask import here, with_ray
    from spiders.fleet.copies import copies_of
    from spiders.fleet.rounds import ray_at

    copies = copies_of(open_fleet(url), work_folder(work))
    if not copies:
        raise UsageError("no shard holds an archive yet; `kickcrawl fleet run` fills them")
    names = [copy.name for copy in copies]
    if address == "local":
        yield here(copies, os.cpu_count() or 1), names
        return
    with ray_at(address) as ray:
        yield with_ray(ray, copies), names


@fleet.command(cls=SearchCommand)
@click.argument("words", nargs=-1)
@chooses_articles
@lists_articles
@where
@with_work
@with_address
@as_json
def search(
    words: tuple[str, ...], choice: Choice, order: Order, limit: int, is_count: bool, by: Bucket | None, url: str,
    work: Path | None, address: str, as_json: bool,
) -> None:  # fmt: skip
    """Find articles in all shards, as `kickcrawl search` does in one archive: same words, ranks and counts."""
    from archive.shards.search import count_among, find_among, timeline_among, zones_among

    choice = choice_of(words, choice, is_listed=by is None and not is_count)
    with asking(url, work, address) as (fan, _):
        if by is not None:
            tell_timeline(timeline_among(fan, choice, by), by, as_json)
        elif is_count:
            tell_count(count_among(fan, choice), as_json)
        else:
            tell_found(find_among(fan, choice, order=order, limit=limit), zones_among(fan), as_json)


@fleet.command()
@click.option("--to", "output", type=click.Path(path_type=Path), required=True, help="NAME.jsonl, .csv, .parquet …")
@click.option("--revisions", is_flag=True, help="The articles' revisions, and what each changed.")
@click.option("--no-texts", is_flag=True, help="No texts: ids, metadata, digests, and how often each word stands.")
@click.option("--search", "words", metavar="WORDS", help="Only articles that hold all WORDS.")
@chooses_articles
@where
@with_work
def export(
    output: Path, revisions: bool, no_texts: bool, words: str | None, choice: Choice, url: str, work: Path | None
) -> None:
    """Write the articles of all shards, oldest first, whole or not at all, with a datasheet beside the file."""
    from archive.export.format import TableFormat
    from archive.export.formats import format_of
    from archive.shards.export import export_shards

    format = format_of(output)
    if not isinstance(format, TableFormat):
        raise UsageError(f"{output}: over several shards tables are exported: .jsonl, .csv, .parquet")
    choice, table = replace(choice, words=words), "revisions" if revisions else "articles"
    with asking(url, work, "local") as (fan, names):
        now = datetime.now(UTC)
        count = export_shards(fan, names, choice, table, format, output, now, texts=not no_texts)  # type: ignore[arg-type]
    click.echo(f"{count} {table} of {len(names)} shards written to {output}")


@fleet.command()
@click.argument("query")
@click.option("--csv", "form", flag_value="csv", help="Print CSV, for spreadsheets.")
@click.option("--json", "form", flag_value="json", help="Print JSON, for other programs.")
@where
@with_work
def sql(query: str, form: str | None, url: str, work: Path | None) -> None:
    """Answer a QUERY in SQL over all shards, by DuckDB (`make analysis`).

    The tables are articles, revisions, outlets, runs and captures. Each has a column shard. Keys count within a shard:
    join by (shard, id), as DESCRIBE and the comments say.
    """
    from archive.shards.forms import FORMS
    from archive.shards.sql import ask_shards

    with (
        asking(url, work, "local") as (fan, names),
        ask_shards(fan, names, work_folder(work) / "tables", query) as answer,
    ):
        for told in FORMS[form or "table"](answer, sys.stdout):
            click.echo(told, err=True)


@fleet.command()
@click.option("--outlet", help="Only stories that this outlet carried.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@where
@with_work
@with_address
@as_json
def stories(outlet: str | None, limit: int, url: str, work: Path | None, address: str, as_json: bool) -> None:
    """List articles of all shards that are the same copy, the newest stories first.

    Shards tell by which numbers their articles meet; only the texts of those that meet are asked for.
    """
    from archive.shards.stories import find_stories

    with asking(url, work, address) as (fan, names):
        found = find_stories(fan, outlet=outlet, limit=limit)
    if as_json:
        echo_json(asdict(found))
        return
    tell_stories(found.stories)
    click.echo(
        f"{found.articles} articles of {len(names)} shards told {found.bytes_told:,} bytes of numbers; "
        f"of {found.texts} the text was asked for; {len(found.doubles)} stand in two shards",
        err=True,
    )


@fleet.command()
@click.option("--all", "again", is_flag=True, help="Also those that this very extractor has read.")
@where
@with_work
@with_address
@with_workers
@as_json
def reextract(again: bool, url: str, work: Path | None, address: str, workers: int | None, as_json: bool) -> None:
    """Read the captures of all shards anew with today's extractor, a shard a worker, as `kickcrawl reextract` does."""
    do_rounds("reextract", url, work, address, everything=again, workers=workers, as_json=as_json)
