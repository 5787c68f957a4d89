"""The command line, its part that needs no archive: outlets, explain. Higher rooms add to the group.

Everything that lists takes --json. A KickcrawlError becomes one line on stderr: exit 2 for a wrong argument or
configuration, else 1.
"""

import json
import sys
from typing import Any, NoReturn

import click

from kickcrawl import __version__
from kickcrawl.errors import KickcrawlError, UsageError
from kickcrawl.outlet import Outlet, load_outlets, outlet_folders
from kickcrawl.urls import canonicalize

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")


class Group(click.Group):
    """A click group whose commands end with one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _end(error, 2)
        except KickcrawlError as error:
            _end(error, 1)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kickcrawl")
def main() -> None:
    """Archive regional news, and ask the archive questions. Crawl with `scrapy crawl OUTLET`."""


@main.command()
@as_json
def outlets(as_json: bool) -> None:
    """List the outlets that can be crawled."""
    known = load_outlets(outlet_folders())
    if as_json:
        echo_json([outlet.model_dump(mode="json") for outlet in known.values()])
        return
    for slug, outlet in sorted(known.items()):
        checked = "" if outlet.verified else "  (not crawled live yet)"
        click.echo(f"{slug:<20} {outlet.region or '-':<6} {outlet.platform:<10} {outlet.home}{checked}")


@main.command()
@click.argument("url")
@as_json
def explain(url: str, as_json: bool) -> None:
    """Say of a URL which outlet it belongs to, its canonical form, and whether it is an article, by which rule."""
    try:
        canonical = canonicalize(url)
    except ValueError as error:
        raise UsageError(f"{error}; write it in full, as https://kicknews.today/slug") from error
    owner = next((outlet for outlet in load_outlets(outlet_folders()).values() if outlet.owns(canonical)), None)
    answer = _explanation(canonical, owner)
    if as_json:
        echo_json(answer)
        return
    for key, value in answer.items():
        click.echo(f"{key + ':':<12} {'-' if value is None else value}")


def echo_json(value: Any) -> None:
    """Print *value* as JSON that a person can read, too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _explanation(canonical: str, owner: Outlet | None) -> dict[str, Any]:
    if owner is None:
        return {"outlet": None, "canonical": canonical, "article": False, "rule": "no outlet has this host"}
    verdict = owner.classify(canonical)
    return {
        "outlet": owner.slug,
        "canonical": canonical,
        "article": verdict.is_article,
        "rule": f"{verdict.rule} (a seed that names it as a post outranks this)",
    }


def _end(error: Exception, status: int) -> NoReturn:
    click.echo(f"kickcrawl: {error}", err=True)
    sys.exit(status)
