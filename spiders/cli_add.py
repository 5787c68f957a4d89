"""``kickcrawl add URL``: recognise a site, show what would be archived, and write its outlet file."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from kickcrawl.article import Article
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.dates import to_iso
from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.outlet import BUNDLED, Outlet, load_outlets, outlet_folders, read_outlet
from kickcrawl.sites.outlet_file import to_toml
from spiders.sites import host_slug, site_address

if TYPE_CHECKING:
    from spiders.site_probe import Discovery, Sample

ELSEWHERE = "elsewhere"  # folder of outlets whose region could not be told
MAX_SHOWN = 14  # words of an article's beginning


@main.command()
@click.argument("url")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the outlet file into this folder.")
@click.option("--name", help="Call the outlet so; by default as its host.")
@click.option(
    "--delay", type=click.FloatRange(0, 120), help="Seconds between two requests, also in the file; 1 if not given."
)
@as_json
def add(url: str, out: Path | None, name: str | None, delay: float | None, as_json: bool) -> None:
    """Recognise the site at URL, show what would be archived, and write an outlet file of some 20 lines.

    Written to --out, else to the folder in KICKCRAWL_OUTLETS, else to kickcrawl/outlets/REGION/, or
    kickcrawl/outlets/elsewhere/ where no region is known. Nothing is archived.
    """
    home = site_address(url)
    slug = name or host_slug(urlsplit(home).hostname or "").removeprefix("www.").replace(".", "-")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        raise UsageError(f"--name: {slug!r} cannot name an outlet; write small letters, digits and hyphens")
    _refuse_twice(home, slug, out)
    from spiders.add import probe_site  # only here, so that the other commands start without Scrapy

    found = probe_site(home, slug, delay)
    outlet = found.proposal.outlet
    if not any(sample.is_article for sample in found.samples):
        raise KickcrawlError(f"{home}: no article could be read there ({_why_none(found)}); write its file by hand")
    file = _folder(out, outlet) / f"{slug}.toml"
    today = datetime.now(UTC).date()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(to_toml(outlet, f"{outlet.home} as `kickcrawl add` recognised it on {today}"), encoding="utf-8")
    read_outlet(file)  # what we write, we can read
    if as_json:
        echo_json(_as_data(found, file))
    else:
        _show(found, file)


def _refuse_twice(home: str, slug: str, out: Path | None) -> None:
    """Raise UsageError where the outlet is there already."""
    folders = [*outlet_folders(), *([out] if out and out.is_dir() else [])]
    known = load_outlets(folders)
    owner = next((outlet for outlet in known.values() if outlet.owns(home)), None)
    if owner is not None:
        raise UsageError(f"{home} is the outlet {owner.slug} already; crawl it with: scrapy crawl {owner.slug}")
    if slug in known:
        raise UsageError(f"there is an outlet {slug} already ({known[slug].home}); choose another --name")


def _folder(out: Path | None, outlet: Outlet) -> Path:
    if out is not None:
        return out
    if own := os.environ.get("KICKCRAWL_OUTLETS"):
        return Path(own)
    return BUNDLED / (outlet.region.lower() if outlet.region else ELSEWHERE)


def _why_none(found: "Discovery") -> str:
    if not found.samples:
        return "; ".join(f"{t.seed} {t.error or 'names none'}" for t in found.proposal.trials) or "no seed answered"
    results = (sample.result for sample in found.samples)
    return "; ".join(f"{r.reason}: {r.detail}" for r in results if not isinstance(r, Article))


def _as_data(found: "Discovery", file: Path) -> dict[str, Any]:
    proposal = found.proposal
    return {
        "file": str(file),
        "outlet": proposal.outlet.model_dump(mode="json"),
        "mark": proposal.mark,
        "seeds": [
            {"seed": t.seed, "url": t.url, "named": t.total or len(t.candidates), "covers": t.covers, "error": t.error}
            for t in proposal.trials
        ],
        "articles": [_sample_data(sample) for sample in found.samples],
    }


def _sample_data(sample: "Sample") -> dict[str, Any]:
    result = sample.result
    if not isinstance(result, Article):
        return {"url": sample.url, "rejected": result.reason, "detail": result.detail}
    published = to_iso(result.published_at) if result.published_at else None
    return {"url": result.url, "title": result.title, "published_at": published, "begins": _beginning(result)}


def _beginning(article: Article) -> str:
    words = article.text.split()
    return " ".join(words[:MAX_SHOWN]) + (" …" if len(words) > MAX_SHOWN else "")


def _show(found: "Discovery", file: Path) -> None:
    proposal, outlet = found.proposal, found.proposal.outlet
    told = f", told by {proposal.mark}" if proposal.mark else ""
    click.echo(f"{outlet.home} is {outlet.name}: {outlet.platform}{told}; {outlet.language}, {outlet.timezone}")
    click.echo("\nIts seeds:")
    for trial in proposal.trials:
        part = " in one of its files" if trial.children else ""
        named = f"{trial.total or len(trial.candidates)} named{part}" if trial.error is None else trial.error
        click.echo(f"  {trial.seed:<8} {trial.url.split('?')[0]}  ({named})")
    click.echo("\nWhat would be archived, for instance:")
    for sample in found.samples:
        data = _sample_data(sample)
        if "rejected" in data:
            click.echo(f"  not {data['url']} ({data['rejected']}: {data['detail']})")
        else:
            click.echo(f"  {_local(data['published_at'], outlet):<17} {data['title']}\n  {'':<17} {data['begins']}")
    click.echo(f"\nWritten: {file}\nRead it over, then: scrapy crawl {file.stem}")


def _local(published_at: str | None, outlet: Outlet) -> str:
    """Return the time as the newsroom's clock showed it."""
    if published_at is None:
        return "no date"
    return f"{datetime.fromisoformat(published_at).astimezone(ZoneInfo(outlet.timezone)):%Y-%m-%d %H:%M}"
