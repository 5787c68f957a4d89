"""The command line's options that choose articles: the same outlets, days and stories wherever they are asked."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

import click

from archive.query.choice import Choice
from kickcrawl.days import refuse_reversed

day = click.DateTime(["%Y-%m-%d"])
in_utc = click.option("--utc", is_flag=True, help="Days are those of UTC, not of the outlet's own clock.")
_OPTIONS = (
    click.option("--outlet", help="Only this outlet."),
    click.option("--section", help="Only articles of this section (any of those that an article is in)."),
    click.option("--author", help="Only articles of this author (any of those that sign it)."),
    click.option(
        "--since", type=day, metavar="DAY", help="Only what was published since this day of the outlet's clock."
    ),
    click.option("--until", type=day, metavar="DAY", help="Only what was published before the end of this day."),
    in_utc,
    click.option("--originals", is_flag=True, help="Only the first article of each story: no copies."),
    click.option(
        "--licence", metavar="PART", help="Only articles whose page states a licence with this in it: licenses/by/4.0."
    ),
    click.option(
        "--without-reserved",
        is_flag=True,
        help="No articles that are reserved against text and data mining, or say noai or noarchive.",
    ),
    click.option("--exact", is_flag=True, help="Only the words as they are written, not their other forms."),
)


def chooses_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a click command, which is given ``choice``, a Choice without words."""

    @wraps(command)
    def with_choice(
        *,
        outlet: str | None,
        section: str | None,
        author: str | None,
        since: datetime | None,
        until: datetime | None,
        utc: bool,
        originals: bool,
        exact: bool,
        licence: str | None,
        without_reserved: bool,
        **others: Any,
    ) -> None:
        refuse_reversed(since, until)
        choice = Choice(
            outlet=outlet,
            section=section,
            author=author,
            since=since.date() if since else None,
            until=until.date() if until else None,
            utc=utc,
            originals=originals,
            exact=exact,
            licence=licence,
            without_reserved=without_reserved,
        )
        command(choice=choice, **others)

    decorated: Callable[..., None] = with_choice
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
