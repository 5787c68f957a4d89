"""The command line's `reextract`: read captures again with today's extractor."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from tqdm import tqdm

from archive.cli import which
from archive.database import Archive, open_archive, require_today
from archive.lookup import FILL, has_articles
from archive.outlets import check_outlet
from archive.replay.reextract import ReextractTally, TextDifference, reextract, to_read
from archive.replay.todays_rules import todays_rules
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.compare.diff import word_diff
from kickcrawl.garbage import collect_rarely

_RULE_ROW = "  {:<22} {:>6} {:>10} {:>6} {:>10}  {}"
MAX_PASSAGE = 60  # characters of unchanged text that are shown round a change


@main.command("reextract")
@click.option("--outlet", help="Only this outlet.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was published on or after this day (UTC).")
@click.option("--limit", type=click.IntRange(1), help="At most so many articles, the newest first.")
@click.option("--all", "again", is_flag=True, help="Also those that this very extractor has read.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would change (reads all, as with --all).")
@click.option("--processes", type=click.IntRange(1), help="That read pages; by default as many as there are cores.")
@which
@as_json
def reextract_command(
    outlet: str | None,
    since: datetime | None,
    limit: int | None,
    again: bool,
    dry_run: bool,
    processes: int | None,
    path: Path,
    as_json: bool,
) -> None:
    """Read stored captures anew with today's extractor; what differs becomes a revision that says so.

    Told are the fields that change, and for each rule how many bodies become shorter or longer by it.

    Exit status 1 if more texts are lost than won; what is lost stays as it was.
    """
    archive = open_archive(path, read_only=dry_run)
    try:
        require_today(archive)
        check_outlet(archive, outlet)
        day = f"{since:%Y-%m-%d}" if since else None
        keys = to_read(archive, outlet=outlet, since=day, limit=limit, again=again or dry_run)
        tallies = _read(archive, keys, accept=not dry_run, processes=processes)
        is_empty = not has_articles(archive)
    finally:
        archive.close()
    if as_json:
        echo_json({slug: asdict(tally) | {"fields": dict(tally.fields)} for slug, tally in tallies.items()})
    elif is_empty:
        click.echo(f"{path} holds no articles; {FILL}")
    elif not tallies:
        click.echo("nothing to read: this extractor has read every article already (--all reads them again)")
    else:
        for slug, tally in sorted(tallies.items()):
            _echo(slug, tally)
    if sum(len(tally.lost) for tally in tallies.values()) > sum(len(tally.won) for tally in tallies.values()):
        raise SystemExit(1)


def _read(archive: Archive, keys: Sequence[int], *, accept: bool, processes: int | None) -> dict[str, ReextractTally]:
    rules = todays_rules(archive)
    collect_rarely()
    with tqdm(total=len(keys), unit=" articles", disable=None, leave=False) as bar:
        return asyncio.run(reextract(archive, rules, keys, accept=accept, processes=processes, tick=bar.update))


def _echo(slug: str, tally: ReextractTally) -> None:
    fields = ", ".join(f"{name} {count}" for name, count in tally.fields.most_common()) or "nothing"
    click.secho(f"{slug}: {tally.read} read, {tally.same} the same; changed: {fields}", bold=True)
    _echo_rules(tally)
    for name in ("lost", "won", "failed"):
        for line in getattr(tally, name):
            click.echo(f"  {name}  {line}")
    for difference in tally.largest:
        _echo_difference(difference)


def _echo_rules(tally: ReextractTally) -> None:
    """Print which bodies each rule wins and loses, those that lose most first."""
    if not tally.rules:
        return
    click.echo(_RULE_ROW.format("rule", "lost", "characters", "won", "characters", "for example"))
    for rule, found in sorted(tally.rules.items(), key=lambda item: -item[1].lost_characters):
        figures = (found.lost, found.lost_characters, found.won, found.won_characters)
        click.echo(_RULE_ROW.format(rule, *figures, " ".join(found.examples)))


def _echo_difference(difference: TextDifference) -> None:
    click.echo(f"  {difference.words} words  {difference.article_id}  {difference.title}")
    marks = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
    shown = []
    for piece in word_diff(difference.old, difference.new):
        if piece.kind == "same":
            text = " ".join(piece.text.split())
            shown.append(text if len(text) <= 2 * MAX_PASSAGE else f"{text[:MAX_PASSAGE]} … {text[-MAX_PASSAGE:]}")
        else:
            before, after, colour = marks[piece.kind]
            shown.append(click.style(f"{before}{' '.join(piece.text.split())}{after}", fg=colour))
    click.echo(f"    {' '.join(shown)}")
