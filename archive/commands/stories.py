"""The command line's `stories`: articles that are copies of one text."""

from collections.abc import Sequence
from pathlib import Path

import click

from archive.cli import local_time, read_only, which
from archive.outlets import check_outlet
from archive.stories.clusters import Story, list_stories
from kickcrawl.cli import as_json, echo_json, main


@main.command()
@click.option("--outlet", help="Only stories that this outlet carried.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@which
@as_json
def stories(outlet: str | None, limit: int, path: Path, as_json: bool) -> None:
    """List articles that are the same copy: reprints, press releases, reposts; the newest stories first."""
    with read_only(path) as archive:
        check_outlet(archive, outlet)
        found = list_stories(archive, outlet=outlet, limit=limit)
    if as_json:
        echo_json(found)
        return
    tell_stories(found)


def tell_stories(found: Sequence[Story]) -> None:
    """Print stories, each with its members."""
    for story in found:
        _echo_story(story)
    if not found:
        click.echo("no article here is a copy of another")


def _echo_story(story: Story) -> None:
    first, *others = story["members"]
    click.secho(first["title"], bold=True)
    click.echo(f"  first   {first['id']}  {local_time(first)}  {first['outlet']}  {first['url']}")
    for member in others:
        where = f"{local_time(member)}  {member['outlet']}  {member['url']}"
        click.echo(f"  {member['share']:>5.0%}   {member['id']}  {where}")
