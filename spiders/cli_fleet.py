"""The commands ``kickcrawl fleet``: many shards, crawled by Ray on this machine or on a cluster.

They start in the environment of `make fleet`, which has Ray; without it each says in one sentence what to install.
"""

import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kickcrawl import CHECKOUT
from kickcrawl.cli import as_json, echo_json, main, with_settings
from kickcrawl.errors import UsageError

if TYPE_CHECKING:
    from spiders.fleet.fleet import Fleet

_ENVIRONMENT = CHECKOUT / ".venv" / "fleet" / "bin" / "python"
MISSING = (
    "`kickcrawl fleet` needs Ray and fsspec; `make fleet` installs them, for Python 3.11 to 3.13 on Linux and macOS"
)
_NEEDED = {"serve": ("fsspec",)}  # packages of a command that needs less than Ray and fsspec
_NEEDS = {"serve": "`kickcrawl fleet serve` needs fsspec; `make fleet` installs it, for Python 3.11 to 3.13"}

where = click.option(
    "--fleet", "url", envvar="KICKCRAWL_FLEET", default="data/fleet", show_default=True, metavar="FOLDER|s3://…|gs://…",
    help="Where the shards are kept; also KICKCRAWL_FLEET.",
)  # fmt: skip

with_work = click.option(
    "--work", type=click.Path(path_type=Path),
    help="The folder of a machine's own copies; its KICKCRAWL_FLEET_WORK, else data/fleet-work.",
)  # fmt: skip
with_address = click.option(
    "--address", default="local", show_default=True, help="local, or a cluster: HOST:6379 or ray://HOST:10001."
)
with_workers = click.option(
    "--workers", type=click.IntRange(1), help="Shards at work at a time, with --address local; else one a core."
)


class _Group(click.Group):
    """The group, in the environment that has Ray: the command is started anew there."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        if not ctx.resilient_parsing and not all(map(find_spec, _NEEDED.get(name or "", ("ray", "fsspec")))):
            if not _ENVIRONMENT.exists() or "KICKCRAWL_FLEET_STARTED" in os.environ:
                raise UsageError(_NEEDS.get(name or "", MISSING))
            os.environ["KICKCRAWL_FLEET_STARTED"] = "1"
            os.execv(_ENVIRONMENT, [str(_ENVIRONMENT), "-m", "spiders.cli", *sys.argv[1:]])
        return name, command, rest


@main.group(cls=_Group)
def fleet() -> None:
    """Crawl with many machines: outlets in shards, each an archive of its own (docs/scale.md). Needs `make fleet`."""


@fleet.command()
@click.argument("outlets", nargs=-1)
@where
@click.option("--shards", type=click.IntRange(1), help="How many shards a new fleet has; else one for ten outlets.")
@with_address
@click.option("--all", "everything", is_flag=True, help="Also what is not due yet.")
@with_work
@click.option(
    "--lease",
    type=click.FloatRange(6),
    default=60.0,
    show_default=True,
    help="Seconds after which a dead worker's shard is given out again.",
)
@click.option(
    "--dashboard", default="127.0.0.1", show_default=True, help="Where Ray's dashboard listens, with --address local."
)
@with_workers
@with_settings
@as_json
def run(
    outlets: tuple[str, ...], url: str, shards: int | None, address: str, everything: bool, work: Path | None,
    lease: float, dashboard: str, workers: int | None, settings: dict[str, str], as_json: bool,
) -> None:  # fmt: skip
    """Crawl every shard that is due. A fleet that is not there yet is made, of OUTLETS or of all outlets.

    Where there is one, all of its shards have their turn, whatever OUTLETS are named.
    """
    _make(open_fleet(url), outlets, shards, settings.pop("OUTLETS", None))  # their files lie in the shards
    do_rounds(
        "crawl", url, work, address, everything=everything, workers=workers, as_json=as_json, settings=settings,
        lease=lease, dashboard=dashboard,
    )  # fmt: skip


def do_rounds(
    task: str, url: str, work: Path | None, address: str, *, everything: bool, workers: int | None, as_json: bool,
    settings: dict[str, str] | None = None, lease: float = 60.0, dashboard: str = "127.0.0.1",
) -> NoReturn:  # fmt: skip
    """Have *task* done on every shard that is due, tell what it brought, and exit: with 1 where something is left."""
    from spiders.fleet.rounds import Round
    from spiders.fleet.supervisor import run_rounds

    open_fleet(url).go_on()
    round = Round(
        task=task,
        url=_whole(url),
        work=str(work_folder(work)),
        begun=time.time(),
        settings=settings or {},
        everything=everything,
        lease=lease,
        address=None if address == "local" else address,
        dashboard=dashboard,
        cpus=workers,
    )
    told = run_rounds(round, quiet=as_json)
    if as_json:
        echo_json(told)
    else:
        _summary(told)
    sys.exit(1 if told["left"] or told["failed"] else 0)


@fleet.command()
@where
@as_json
def status(url: str, as_json: bool) -> None:
    """Show each shard: its outlets, what is in its archive, who is at work on it, when it is due."""
    from spiders.fleet.overview import as_data, in_words

    one, now = open_fleet(url), time.time()
    states = one.states()
    refused = {name: one.refused(name) for name in states}
    if as_json:
        echo_json([as_data(name, state, refused[name], now) for name, state in states.items()])
        return
    for line in in_words(states, refused, now):
        click.echo(line)


@fleet.command()
@where
def stop(url: str) -> None:
    """Have `fleet run` begin no shard any more; those at work go on to their end, and are given back."""
    from spiders.fleet.stop import ask_to_stop

    one = open_fleet(url)
    at_work = [name for name, state in one.states().items() if state.is_held(time.time())]
    ask_to_stop(one.storage)
    click.echo(f"no shard is begun any more; {len(at_work)} at work go on to their end")


@fleet.command()
@click.argument("outlets", nargs=-1, required=True)
@click.option("--to", required=True, help="The shard that they go to; made if there is none of that name.")
@where
def move(outlets: tuple[str, ...], to: str, url: str) -> None:
    """Bring OUTLETS, each with its past, to another shard."""
    click.echo(f"{open_fleet(url).move(outlets, to)} outlets moved to shard {to}")


@fleet.command()
@click.argument("shard")
@where
def split(shard: str, url: str) -> None:
    """Split a shard that grew too large in two, each with half of its outlets."""
    click.echo(f"half of shard {shard} is shard {open_fleet(url).split(shard)} now")


@fleet.command()
@click.argument("outlets", nargs=-1)
@with_settings
@where
def add(outlets: tuple[str, ...], settings: dict[str, str], url: str) -> None:
    """Give OUTLETS, or all that no shard has, to the shards that have fewest. -s OUTLETS=FOLDER: more outlet files."""
    went = open_fleet(url).add(_chosen(outlets, settings.get("OUTLETS")))
    for slug, name in went.items():
        click.echo(f"{slug}: shard {name}")
    click.echo(f"{len(went)} outlets added")


def open_fleet(url: str, *, patience: float | None = None) -> "Fleet":
    """Return the fleet at *url*, which need not be there. Raises UsageError for a storage that holds none.

    *patience*: seconds that the store may be away, where it is not the usual time.
    """
    from spiders.fleet.fleet import Fleet
    from spiders.fleet.storage import PATIENCE, Storage

    return Fleet(Storage(_whole(url), PATIENCE if patience is None else patience))


def work_folder(given: Path | None) -> Path:
    """Return the folder for copies of shards: the one that was *given*, or data/fleet-work."""
    return (given or CHECKOUT / "data" / "fleet-work").resolve()


def _whole(url: str) -> str:
    return url if "://" in url else str(Path(url).resolve())


def _make(one: "Fleet", outlets: tuple[str, ...], shards: int | None, extra: str | None) -> None:
    if not one.exists:
        chosen = _chosen(outlets, extra)
        one.make(chosen, shards or -(-len(chosen) // 10))
        return
    own = {slug: text for slug, text in _chosen((), extra).items() if text is not None}
    for sentence in one.unread(own):
        click.echo(f"kickcrawl: {sentence}", err=True)
    have = len(one.names())
    if shards and shards != have:
        raise UsageError(f"{one.storage.url}: this fleet has {have} shards; `kickcrawl fleet split SHARD` makes more")
    if outlets and (unknown := sorted(set(outlets) - set(one.where()))):
        raise UsageError(f"{unknown[0]}: no shard has this outlet; `kickcrawl fleet add {unknown[0]}` gives it to one")


def _chosen(outlets: tuple[str, ...], extra: str | None) -> dict[str, str | None]:
    from spiders.fleet.fleet import known_outlets

    known = known_outlets(extra)
    if unknown := sorted(set(outlets) - set(known)):
        raise UsageError(f"there is no outlet {unknown[0]!r}; `kickcrawl outlets` lists them")
    return {slug: known[slug] for slug in outlets or known}


def _summary(told: dict[str, Any]) -> None:
    from spiders.fleet.overview import in_figures

    for name, why in {**told["failed"], **told["left"]}.items():
        click.echo(f"kickcrawl: {name}: {why}", err=True)
    done, failed, left = in_figures(told["counts"]), len(told["failed"]), len(told["left"])
    click.echo(f"{told['shards']} shards: {done}; {failed} outlets failed, {left} shards left")
