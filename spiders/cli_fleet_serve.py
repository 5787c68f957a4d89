"""The command ``kickcrawl fleet serve``: all shards in a browser as one archive. It needs fsspec, and no Ray."""

from pathlib import Path
from threading import Event, Thread

import click

from archive.commands.serve import answer_at, listen, listens
from archive.site.base import told_base
from spiders.cli_fleet import fleet, open_fleet, where, with_work, work_folder

MEMORY = 1 << 30  # bytes that the process may fill while it serves (Linux): the sites of some shards, and DuckDB


@fleet.command()
@listens
@where
@with_work
@click.option(
    "--refresh",
    type=click.FloatRange(1),
    default=60.0,
    show_default=True,
    help="Seconds after which newer states of shards are looked for.",
)
def serve(port: int, host: str, base_url: str, url: str, work: Path | None, refresh: float) -> None:
    """Show all shards in a browser as one archive, read-only, until Ctrl-C, as `kickcrawl serve` shows one.

    Shards are copied here from the storage, again when there is a newer state of one. Needs no Ray.
    """
    from archive.joint.app import joint_site
    from archive.joint.joint import Joint
    from archive.site.prefix import sub_path
    from spiders.fleet.shown import PATIENCE, Shown

    told_base()  # what is wrong with either is said in a sentence, before anything is brought
    base, one, folder = sub_path(base_url), open_fleet(url, patience=PATIENCE), work_folder(work)
    listener = listen(host, port)
    shown = Shown(one, folder, lambda sentence: click.echo(f"kickcrawl: {sentence}", err=True))
    joint, stop = Joint(shown.look(), folder / "tables"), Event()
    keeper = Thread(target=shown.keep, args=(joint, stop, refresh), name="refresh", daemon=True)
    keeper.start()
    try:
        answer_at(listener, joint_site(joint, base), f"The fleet {one.storage.url}", MEMORY)
    finally:
        stop.set()
