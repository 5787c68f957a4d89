"""The command line's `explain`: what an address is by its pattern, and what each source says of a saved page.

In: an address, a file. Out: which outlet's it is and by which rule; for a page, what each source claims, which claim
was believed, where the body was found, and the verdict.
"""

import copy
import zlib
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from archive.cli import read_only, which
from archive.parameters import known
from archive.rights import rights_of_address
from kickcrawl.article import Article, Claim, Moment, Page, PageSource, Rejection
from kickcrawl.body.layout import path_of
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.commands.extract import content_of, rules_for
from kickcrawl.dates import to_iso
from kickcrawl.discovery.parameters import Parameters
from kickcrawl.errors import UsageError
from kickcrawl.fields import CLAIMED
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from kickcrawl.page.cuts import Cut
from kickcrawl.page.html import parse_html
from kickcrawl.page.named_container import named_container
from kickcrawl.page.parsed import parse_page
from kickcrawl.reading import Reading
from kickcrawl.urls import canonicalize

MAX_SHOWN_CHARACTERS = 100  # of a piece of the page that was left out


@main.command()
@click.argument("url", required=False)
@click.option("--page", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A saved page to look into.")
@which
@as_json
def explain(url: str | None, page: Path | None, path: Path, as_json: bool) -> None:
    """Say which outlet URL belongs to and whether it is an article, by which rule; of a page, what each witness says.

    Without URL, the page's own canonical address counts. The archive, if there is one, says which parameters of the
    outlet's addresses were found to tell its articles apart, what became of the address, and what its page says of
    rights.
    """
    source = _source(url, page) if page is not None else None
    if url is None and source is None:
        raise UsageError("nothing to explain; give an address, or --page FILE, or both")
    try:
        canonical = canonicalize(source.url if source is not None else url or "")
    except ValueError as error:
        raise UsageError(f"{error}; write it in full, as https://kicknews.today/slug") from error
    outlets = list(load_outlets(outlet_folders()).values())
    owner = next((outlet for outlet in outlets if outlet.owns(canonical)), None)
    learned = _learned(path, owner)
    if learned is not None:
        named = source.url if source is not None else url or ""
        canonical = canonicalize(named, telling=learned.telling, noise=learned.noise)
    answer = _address(canonical, owner) | _parameters(learned) | _archived(path, canonical)
    if source is not None:
        answer |= _witnesses(source, canonical, outlets)
    if as_json:
        echo_json(answer)
        return
    width = max(11, *map(len, answer)) + 1
    for key, value in answer.items():
        for line in value if isinstance(value, list) else [value]:
            click.echo(f"{key + ':':<{width}} {'-' if line is None else line}")


def _learned(path: Path, owner: Outlet | None) -> Parameters | None:
    """Return what the archive at *path* knows of the parameters of *owner*; None without an archive or an outlet."""
    if owner is None or not path.exists():
        return None
    with read_only(path, tells_empty=False) as archive:
        return known(archive, owner.slug)


def _parameters(learned: Parameters | None) -> dict[str, Any]:
    if learned is None:
        return {}
    told = {"telling": sorted(learned.telling) or None, "noise": sorted(learned.noise) or None}
    return {f"{name} parameters": value for name, value in told.items()}


def _archived(path: Path, canonical: str) -> dict[str, Any]:
    """Return what the archive at *path* knows of an address: its state, and what its page says of rights."""
    if not path.exists():
        return {}
    with read_only(path, tells_empty=False) as archive:
        row = archive.row("SELECT state, reason FROM frontier WHERE url = :url", {"url": canonical})
        said = [str(one) for one in rights_of_address(archive, canonical)]
    state = row and (f"{row['state']} ({row['reason']})" if row["reason"] else row["state"])
    return ({"state": state} if state else {}) | ({"rights": said} if said else {})


def _address(canonical: str, owner: Outlet | None) -> dict[str, Any]:
    if owner is None:
        return {"outlet": None, "canonical": canonical, "article": False, "rule": "no outlet has this host"}
    verdict = owner.classify(canonical)
    return {
        "outlet": owner.slug,
        "canonical": canonical,
        "article": verdict.is_article,
        "rule": f"{verdict.rule} (a seed that names it as a post outranks this)",
    }


def _source(url: str | None, page: Path) -> PageSource:
    """Return the saved page; its address is *url*, or the canonical one that it states."""
    try:
        source = PageSource(url=url or "", body=content_of(page))
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{page}: cannot be read ({error}); name a saved page") from error
    root = parse_html(source)
    if root is None:
        raise UsageError(f"{page}: no HTML in it; name a saved page")
    stated = [url, *root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")]
    address = next((one for one in stated if one is not None), None)
    if address is None:
        raise UsageError(f"{page}: does not say its address; give it, too, before --page")
    return PageSource(url=address, body=source.body)


def _witnesses(source: PageSource, url: str, outlets: list[Outlet]) -> dict[str, Any]:
    """Return, for each field, what each source claims, the believed claim first, and the body's witnesses."""
    # Only here, so that the other commands start without trafilatura.
    from kickcrawl.body.witnesses import find_readable, find_text
    from kickcrawl.extract import explain as explain_page
    from kickcrawl.page.boilerplate import prune

    rules = rules_for(url, outlets)
    parsed = parse_page(source, rules)
    assert parsed is not None, "it was read before"
    claims, scope = read_claims(parsed), parsed.scope
    told: dict[str, Any] = {}
    for field in CLAIMED:
        chosen = choose(claims, field)
        made = sorted((claim for claim in claims if claim.field == field), key=lambda claim: claim is not chosen)
        told[field] = [f"{'*' if claim is chosen else ' '} {claim.source}: {_shown(claim)}" for claim in made] or None
    named = named_container(scope)
    found, cuts = explain_page(Page(requested_url=url, sources=(source,), site=rules, is_requested=True))
    told["named body"] = path_of(named) if named is not None else None
    pruned = copy.deepcopy(scope)
    prune(pruned)
    told["trafilatura"] = _words(find_text(scope, source.url))
    told["readability"] = _words(find_readable(pruned))
    told |= _verdict(found)
    told["left out"] = [_piece(cut) for cut in cuts] or None
    return told


def _piece(cut: Cut) -> str:
    return f"{cut.rule}: {shorten(cut.text, MAX_SHOWN_CHARACTERS, placeholder=' …')}"


def _words(found: list[str]) -> str:
    return f"{sum(len(line.split()) for line in found)} words"


def _verdict(found: Article | Rejection) -> dict[str, Any]:
    if isinstance(found, Rejection):
        return {"verdict": f"rejected: {found.reason} ({found.detail})"}
    reading = found.reading
    shares = {"read": _shares(reading)} if reading is not None else {}
    return {"body": _container(reading), **shares, "verdict": f"article of {len(found.text.split())} words"}


def _shares(reading: Reading) -> str:
    """Return how much of the page was read, and how much each rule left out, in percent of the prose."""
    if reading.read_share is None:
        return "there is no prose where the article may stand"
    cut = ", ".join(f"{rule} {length / reading.prose:.0%}" for rule, length in reading.cut)
    return f"{reading.read_share:.0%} of the prose around the article; left out: {cut or 'nothing'}"


def _container(reading: Reading | None) -> str:
    if reading is None or reading.body is None:
        return "in no one element"
    if not reading.in_full:
        return f"{reading.body}, as the outlet's file says"
    where = f"scattered in {reading.body}" if reading.scattered.text else reading.body
    return f"{where}, {'confirmed' if reading.agrees else 'not confirmed'} by {reading.witness}"


def _shown(claim: Claim) -> str:
    if isinstance(claim.value, Moment):
        return to_iso(claim.value.at)
    return claim.value if isinstance(claim.value, str) else ", ".join(claim.value)
