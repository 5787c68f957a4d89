"""The command line: the group that all commands are added to.

Everything that lists takes --json. A KickcrawlError becomes one line on stderr: exit 2 for a wrong argument or
configuration, else 1.
"""

import json
import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NoReturn

import click

from kickcrawl import __version__
from kickcrawl.errors import KickcrawlError, UsageError

MAX_SENTENCE = 400  # letters of a command's first sentence; the terminal's width breaks it into lines

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
with_requests_per_day = click.option(
    "--requests-per-day", type=click.IntRange(1), envvar="KICKCRAWL_REQUESTS_PER_DAY",
    help="At most so many requests an outlet and day (UTC); also KICKCRAWL_REQUESTS_PER_DAY.",
)  # fmt: skip
with_quiet_hours = click.option(
    "--quiet-hours", multiple=True, envvar="KICKCRAWL_QUIET_HOURS", metavar="HH:MM-HH:MM",
    help="Ask nothing then, by each outlet's own clock; also KICKCRAWL_QUIET_HOURS.",
)  # fmt: skip


def _read_settings(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise UsageError(f"-s: {text!r} is no setting; write it as NAME=VALUE")
    return {name: value for name, _, value in (text.partition("=") for text in given)}


with_settings = click.option(
    "--set", "-s", "settings", multiple=True, metavar="NAME=VALUE", callback=_read_settings,
    help="A setting, as of `scrapy crawl`.",
)  # fmt: skip


class Group(click.Group):
    """A click group whose commands end with one sentence instead of a traceback."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its whole first sentence; click would cut it at the end of the line."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(limit=MAX_SENTENCE)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

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


def add_commands(room: ModuleType) -> None:
    """Add the commands of *room*, a package: every module in it adds its own to the group when it is imported."""
    for module in iter_modules(room.__path__, f"{room.__name__}."):
        import_module(module.name)


def echo_json(value: Any) -> None:
    """Print *value* as JSON that a person can read, too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _end(error: Exception, status: int) -> NoReturn:
    click.echo(f"kickcrawl: {error}", err=True)
    sys.exit(status)
