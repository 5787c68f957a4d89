"""The command line's `search`: articles that hold words, how many they are, and when they were published."""

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from archive.cli import read_only, which
from archive.outlets import check_outlet, read_zones
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order, count, timeline
from archive.query.hits import Found, Hit, find
from archive.query.options import chooses_articles
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.days import day_of
from kickcrawl.errors import UsageError

# What a phrase does not have: then an argument with blanks is an expression of the query language.
_EXPRESSION = re.compile(r'["()*]|\b(?:AND|OR|NOT)\b|(?i:\b(?:judul|title):)|(?:^|\s)-\w')
_DENIED = re.compile(r'-(?:\w{2}|["(])')  # options of one letter, -h, stay options


class SearchCommand(click.Command):
    """A command whose words may be denied by a minus before them, as in the query language: they are no options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put each -word into parentheses, which mean nothing around one part of a question."""
        end = args.index("--") if "--" in args else len(args)
        words = [f"({one})" if _DENIED.match(one) else one for one in args[:end]]
        return super().parse_args(ctx, words + args[end:])


_OPTIONS = (
    click.option(
        "--order", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True,
        help="Which come first; relevance: those that the words fit best.",
    ),
    click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many are listed."),
    click.option("--count", "is_count", is_flag=True, help="Only say how many there are."),
    click.option("--timeline", "by", type=click.Choice(["day", "month", "outlet"]), help="Only say how many of each."),
)  # fmt: skip


def lists_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a click command that say what is told of the articles of a choice, and in which order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@main.command(cls=SearchCommand)
@click.argument("words", nargs=-1)
@chooses_articles
@lists_articles
@which
@as_json
def search(
    words: tuple[str, ...],
    choice: Choice,
    order: Order,
    limit: int,
    is_count: bool,
    by: Bucket | None,
    path: Path,
    as_json: bool,
) -> None:
    """Find articles that hold all WORDS in title or text, in any form.

    \b
    "kepala desa"             a phrase, as it is written
    banjir OR longsor         one of them; also AND, NOT and (parentheses)
    judul:banjir              in the title; also title:
    banj*                     words that begin so
    banjir -gempa             not this word

    Operators are in capitals; put an expression with them in single quotes. Without WORDS all articles are found that
    the options leave.
    """
    if is_count and by is not None:
        raise UsageError("--count and --timeline are two answers; choose one")
    choice = choice_of(words, choice, is_listed=by is None and not is_count)
    with read_only(path) as archive:
        check_outlet(archive, choice.outlet)
        if by is not None:
            tell_timeline(timeline(archive, choice, by), by, as_json)
            return
        if is_count:
            tell_count(count(archive, choice), as_json)
            return
        zones = read_zones(archive)
        found = find(archive, choice, order=order, limit=limit)
    tell_found(found, zones, as_json)


def choice_of(words: tuple[str, ...], choice: Choice, *, is_listed: bool) -> Choice:
    """Return *choice* with *words* as they were typed. Raises click's UsageError where all articles would be listed."""
    choice = replace(choice, words=" ".join(map(as_typed, words)) if words else None)
    if choice == Choice() and is_listed:
        raise click.UsageError("Missing argument 'WORDS...', or an option that chooses, such as --outlet or --since.")
    return choice


def tell_count(total: int, as_json: bool) -> None:
    """Print how many articles there are."""
    echo_json({"articles": total}) if as_json else click.echo(total)


def tell_found(found: Found, zones: Mapping[str, str], as_json: bool) -> None:
    """Print the articles that were found, and on stderr how many are not listed. *zones*: of each outlet, by slug."""
    if as_json:
        echo_json([{name: getattr(hit, name) for name in hit.__slots__} for hit in found.hits])
    else:
        _list(found.hits, zones)
    if len(found.hits) < found.total:
        click.echo(f"{len(found.hits)} of {found.total} articles are listed; more with --limit {found.total}", err=True)
    if found.ranked is not None:
        among = f"ranked among the newest {found.ranked} of {found.total} articles that hold the words"
        click.echo(f"{among}; older ones with --until DAY, or in order with --order oldest", err=True)
    if found.sought is not None:
        where = f"sought in the newest {found.sought} articles that fit the rest, and nowhere else"
        more = "write a longer beginning, or another --until DAY; --order oldest, --count and --timeline seek in all"
        click.echo(f"too many words begin so: {where}; {more}", err=True)
    elif found.is_unranked and found.hits:
        click.echo("too many words begin so to be ranked: the newest come first", err=True)
    if found.too_common:
        click.echo(
            f"not ranked by what too many articles have ({', '.join(found.too_common)}); add a rarer word", err=True
        )


def as_typed(argument: str) -> str:
    """Return an argument as it was typed: the shell has taken the quotation marks off a phrase."""
    is_phrase = " " in argument and not _EXPRESSION.search(argument)
    return f'"{argument}"' if is_phrase else argument


def _list(hits: list[Hit], zones: Mapping[str, str]) -> None:
    for hit in hits:
        click.secho(hit.title, bold=True)
        published = day_of(hit.published_at, zones[hit.outlet]) if hit.published_at else "?"
        click.echo(f"  {hit.id}  {published}  {hit.outlet}  {hit.url}")
        click.echo(textwrap.indent(textwrap.fill(hit.snippet.replace("\n", " "), 96), "  "))
    if not hits:
        click.echo("nothing found")


def tell_timeline(counted: list[tuple[str, int]], by: Bucket, as_json: bool) -> None:
    """Print how many articles are of each day, month or outlet."""
    if as_json:
        echo_json([{by: name, "articles": found} for name, found in counted])
        return
    for name, found in counted:
        click.echo(f"{name:<10} {found:>8}")
    if not counted:
        click.echo("nothing found")
