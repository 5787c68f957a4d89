"""The command line's `extract`: read articles out of saved pages, many at once.

In: a file with one page a line, {"id", "url", "file"}. Out: one line for each, in the same order, the article or why
it is none. Nothing is fetched and no archive is needed.
"""

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from kickcrawl.article import Article, Page, PageSource, Rejection, SiteRules
from kickcrawl.cli import main
from kickcrawl.errors import UsageError
from kickcrawl.fields import FIELDS
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from kickcrawl.urls import canonicalize
from kickcrawl.workers.workers import Workers, in_order

_SHOWN = (*(field.name for field in FIELDS if field.is_shown), "origins")
_RECORDS = tuple(field.name for field in FIELDS if field.kind == "records")


@main.command("extract")
@click.option(
    "--pages",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help='One page a line: {"id", "url", "file"}; file is .html or .html.gz, relative to this one.',
)
def extract_command(pages: Path) -> None:
    """Read the articles out of saved pages; print one line of JSON for each: the article, or {"id", "rejected"}."""
    asyncio.run(_print_all(list(_wanted(pages))))


async def _print_all(wanted: Sequence[dict[str, Any]]) -> None:
    outlets = list(load_outlets(outlet_folders()).values())
    async for asked, found in _read_all(wanted, outlets):
        click.echo(json.dumps({"id": asked["id"], **_shown(found)}, ensure_ascii=False))


async def _read_all(
    wanted: Sequence[dict[str, Any]], outlets: Sequence[Outlet]
) -> AsyncIterator[tuple[dict[str, Any], Article | Rejection]]:
    """Yield what is read from each page, in order, all cores busy; only a few pages are in memory at a time."""
    workers = Workers()
    try:
        async with aclosing(in_order(wanted, lambda asked: _read(asked, outlets, workers), workers.ahead)) as results:
            async for result in results:
                yield result
    finally:
        workers.close()


async def _read(asked: dict[str, Any], outlets: Sequence[Outlet], workers: Workers) -> Article | Rejection:
    try:
        url = canonicalize(asked["url"])
        body = content_of(asked["file"])
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Rejection(reason="unreadable", detail=str(error))
    rules = rules_for(url, outlets)
    page = Page(requested_url=url, sources=(PageSource(url=asked["url"], body=body),), site=rules, is_requested=True)
    return (await workers.read(page, keyed=False)).read


def rules_for(url: str, outlets: Sequence[Outlet]) -> SiteRules:
    """Return the rules of the outlet that *url* belongs to; for another site, rules that know only its host's name."""
    owner = next((outlet for outlet in outlets if outlet.owns(url)), None)
    if owner is not None:
        return owner.rules
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return SiteRules(slug=host, name=host, language="", timezone="UTC")


def content_of(file: Path) -> bytes:
    """Return the bytes of a saved page, ``.html`` or ``.html.gz``."""
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def _wanted(pages: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of *pages* with their file as a path. Raises UsageError for a line that is none."""
    # Bytes: lines of text would also part at U+2028 and others, which JSON lets stand inside a string.
    for number, line in enumerate(pages.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield {"id": asked["id"], "url": str(asked["url"]), "file": pages.parent / asked["file"]}
        except (ValueError, TypeError, KeyError) as error:
            wanted = '{"id": …, "url": …, "file": …}'
            raise UsageError(f"{pages}, line {number}: this names no page; write a line as {wanted}") from error


def _shown(found: Article | Rejection) -> dict[str, Any]:
    if isinstance(found, Rejection):
        return {"rejected": found.reason, "detail": found.detail}
    shown = {name: getattr(found, name) for name in _SHOWN}
    # The same times by the outlet's clock: an article of 11 p.m. is of that day there, whatever day it is in UTC.
    outlets = timezone(timedelta(minutes=found.published_offset or 0))
    for name in ("published_at", "modified_at"):
        moment: datetime | None = getattr(found, name)
        shown[name] = moment.astimezone(outlets).isoformat() if moment else None
    for name in _RECORDS:
        shown[name] = [asdict(item) for item in shown[name]]
    return shown
