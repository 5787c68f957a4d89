"""The command line's `update`: an archive of an earlier version, brought to this one's tables."""

from contextlib import closing
from pathlib import Path

import click

from archive.backup import back_up
from archive.cli import which
from archive.database import copy_before_update, open_archive, version_of
from archive.version import VERSION
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import UsageError


@main.command()
@click.option(
    "--backup", "copy", type=click.Path(path_type=Path), metavar="FILE",
    help="Where the copy is made; as a rule beside the archive, ARCHIVE.version-NUMBER.",
)  # fmt: skip
@click.option("--no-backup", is_flag=True, help="Make no copy before.")
@which
@as_json
def update(copy: Path | None, no_backup: bool, path: Path, as_json: bool) -> None:
    """Bring an archive of an earlier kickcrawl to this one's tables, after a copy of it was made.

    Whatever else writes to an archive does the same, but makes no copy. What is done is said on stderr, step by step.
    """
    if copy is not None and no_backup:
        raise UsageError("--backup and --no-backup: name one")
    with closing(open_archive(path, read_only=True)) as archive:
        before = version_of(archive)
    told: dict[str, object] = {"archive": str(path), "before": before, "version": VERSION, "backup": None}
    if before < VERSION and not no_backup:
        told["backup"] = str(_copied(path, copy, before))
    open_archive(path).close()
    if as_json:
        echo_json(told)
    elif before == VERSION:
        click.echo(f"{path} is of version {VERSION} already")
    else:
        click.echo(f"{path} is of version {VERSION} now{_of_the_copy(told['backup'])}")


def _copied(path: Path, copy: Path | None, version: int) -> Path:
    """Copy the archive; one that was made beside it before, by an update that was ended, is replaced."""
    target = copy or copy_before_update(path, version)
    click.echo(f"kickcrawl: {path} of version {version} is copied to {target} before it is changed", err=True)
    return back_up(path, target, force=copy is None).path


def _of_the_copy(copy: object) -> str:
    if copy is None:
        return ""
    return f"; as it was it is in {copy}: delete that once you are content, for a takedown does not reach it"
