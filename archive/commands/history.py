"""The command line's `history` and `diff`; `show ID@REV` is in ask.py."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from archive.cli import read_only, which
from archive.history.diff_page import diff_page
from archive.history.past import find_article, zone_of
from archive.history.revisions import (
    FieldDifference,
    Revision,
    differences,
    read_absences,
    read_addresses,
    read_revisions,
    revision_json,
)
from archive.lookup import ArticleRecord
from archive.whole_file import whole
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.compare.changes import compare
from kickcrawl.compare.diff import Piece, shortened
from kickcrawl.errors import UsageError


@main.command()
@click.argument("article")
@which
@as_json
def history(article: str, path: Path, as_json: bool) -> None:
    """List the revisions of an article and what each changed, its addresses, and when it was gone."""
    with read_only(path) as archive:
        record = find_article(archive, article)
        zone = zone_of(archive, record)
        revisions = read_revisions(archive, record["id"])
        addresses = read_addresses(archive, record["id"])
        absences = read_absences(archive, record)
    if as_json:
        kept = {name: record[name] for name in ("id", "url", "title", "gone_at")}
        told = [revision_json(revision) for revision in revisions]
        echo_json(kept | {"revisions": told, "absences": absences, "addresses": addresses})
        return
    click.secho(record["title"], bold=True)
    click.echo(f"{record['url']}  (id {record['id']})")
    for revision in revisions:
        line = f"{revision.describe()}  (from {revision.source})" if revision.source else revision.describe()
        modified = f"  (outlet: {_local(revision.modified_at, zone)})" if revision.modified_at else ""
        click.echo(f"{revision.number:>4}  {_local(revision.recorded_at, zone)}{modified}  {line}")
    for absence in absences:
        back = f", back since {_local(absence['back_at'], zone)}" if absence["back_at"] else ""
        click.echo(f"gone from the site since {_local(absence['gone_at'], zone)}{back}")
    for address in addresses if len(addresses) > 1 else ():
        seen = f"{_local(address['first_seen_at'], zone)} to {_local(address['last_seen_at'], zone)}"
        click.echo(f"address {address['url']}  {seen}")


@main.command()
@click.argument("article")
@click.argument("numbers", type=int, nargs=-1, metavar="[A B]")
@click.option("--html", "as_html", is_flag=True, help="Print a page for a browser.")
@click.option("--out", type=click.Path(path_type=Path), help="The file that the page goes to; with --html.")
@which
@as_json
def diff(article: str, numbers: tuple[int, ...], as_html: bool, out: Path | None, path: Path, as_json: bool) -> None:
    """Compare revisions A and B of an article word by word; without A and B, the last two."""
    if as_json and as_html:
        raise UsageError("name --json or --html, not both")
    if out is not None and not as_html:
        raise UsageError("--out is for the page that --html makes; give both, or neither")
    with read_only(path) as archive:
        record = find_article(archive, article)
        zone = zone_of(archive, record)
        old, new = _two_of(read_revisions(archive, record["id"]), record["id"], numbers)
    found = differences(old.content, new.content)
    subject = " -> ".join(f"revision {one.number} ({_local(one.recorded_at, zone)})" for one in (old, new))
    is_next = new.number == old.number + 1
    summary = new.describe() if is_next else compare(old.content, new.content).describe()
    if as_json:
        echo_json(
            [{"field": one.field, "op": piece.kind, "words": piece.text} for one in found for piece in one.pieces]
        )
    elif as_html:
        _print_page(diff_page(record, subject, summary, found), out)
    else:
        _echo_differences(record, subject, summary, found)


def _two_of(revisions: list[Revision], identifier: str, numbers: tuple[int, ...]) -> tuple[Revision, Revision]:
    has = "only revision 1" if len(revisions) == 1 else f"revisions 1 to {len(revisions)}"
    if not numbers:
        if len(revisions) == 1:
            raise UsageError(f"{identifier}: there is nothing to compare; it has {has}")
        return revisions[-2], revisions[-1]
    if len(numbers) != 2:
        raise UsageError(f"name two revisions, or none for the last two; {identifier} has {has}")
    known = {revision.number: revision for revision in revisions}
    for number in numbers:
        if number not in known:
            raise UsageError(f"{identifier}: there is no revision {number}; it has {has}")
    before, after = numbers
    return known[before], known[after]


def _echo_differences(record: ArticleRecord, subject: str, summary: str, found: list[FieldDifference]) -> None:
    click.secho(record["title"], bold=True)
    click.echo(f"{subject}\n{summary}")
    for one in found:
        click.secho(f"\n{one.field}", bold=True)
        click.echo("".join(_marked(piece) for piece in one.pieces))


def _marked(piece: Piece) -> str:
    """Return a piece as git marks words, which can be read without colours, too."""
    if piece.kind == "removed":
        return click.style(f"[-{piece.text}-]", fg="red")
    return click.style(f"{{+{piece.text}+}}", fg="green") if piece.kind == "added" else shortened(piece.text)


def _print_page(page: str, out: Path | None) -> None:
    if out is None:
        click.echo(page, nl=False)
        return
    with whole(out) as part:
        part.write_text(page, encoding="utf-8")
    click.echo(f"written to {out}")


def _local(at: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(at).astimezone(zone):%Y-%m-%d %H:%M %z}"
