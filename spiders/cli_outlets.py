"""The command ``kickcrawl outlets``: list them; with --check, ask the live sites whether their files are right."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from archive.cli import which
from kickcrawl.cli import as_json, echo_json, main, with_quiet_hours, with_requests_per_day
from kickcrawl.errors import OutletError, UsageError
from kickcrawl.outlet import load_outlets, outlet_folders, pick, read_outlet
from kickcrawl.sites.outlet_edit import Value, with_values
from spiders.outlet_list import list_outlets

if TYPE_CHECKING:
    from kickcrawl.sites.check import ClaimCheck

VERIFIED = "all of this fitted its live site, as `kickcrawl outlets --check` found"
CORRECTED = "as `kickcrawl outlets --check` found it on {}"
_SIGNS = {True: "fits", False: "does not fit", None: "not told"}


@main.command()
@click.argument("slugs", nargs=-1, metavar="[OUTLET]...")
@click.option("--check", is_flag=True, help="Ask the live sites whether the outlet files are right.")
@click.option("--write", is_flag=True, help="With --check: write into the files what was found.")
@click.option("--delay", type=click.FloatRange(0, 120), help="With --check: seconds between two requests.")
@with_requests_per_day
@with_quiet_hours
@which
@as_json
def outlets(
    slugs: tuple[str, ...],
    check: bool,
    write: bool,
    delay: float | None,
    requests_per_day: int | None,
    quiet_hours: tuple[str, ...],
    path: Path,
    as_json: bool,
) -> None:
    """List the outlets that can be crawled: when each is due for `kickcrawl run`, and why; or --check their files.

    With --check each claim of a file that its site tells about is told: what fits, and what was found where it does
    not. With --write the file of an outlet gets the day in `verified` if every claim fits; a wrong platform, language
    or time zone is corrected; all else is for a person to change. Exit status 1 if a claim does not fit.
    """
    if check and any(map(_is_typed, ("requests_per_day", "quiet_hours"))):
        raise UsageError(
            "a check is made now, and once: it knows no --requests-per-day and no --quiet-hours; leave them out"
        )
    if check:
        _check(slugs, write=write, delay=delay, as_json=as_json)
    elif slugs or write or delay is not None:
        raise UsageError("only with --check outlets can be named, written and asked with a delay; add it")
    else:
        list_outlets(requests_per_day, quiet_hours, path, as_json=as_json)


def _is_typed(option: str) -> bool:
    """Tell whether *option* stands on the command line; what the environment says is for the schedule."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def _check(slugs: Sequence[str], *, write: bool, delay: float | None, as_json: bool) -> None:
    folders = outlet_folders()
    known = load_outlets(folders)
    outlets = [pick(known, slug) for slug in dict.fromkeys(slugs or sorted(known))]
    from spiders.check import check_outlets  # only here, so that the other commands start without Scrapy

    found, today = check_outlets(outlets, delay), datetime.now(UTC).date()
    files = {slug: _file_of(slug, folders) for slug in found}
    written = {slug: _write(files[slug], checks, today) for slug, checks in found.items()} if write else {}
    if as_json:
        told = [_as_data(slug, files[slug], checks, written.get(slug, {})) for slug, checks in found.items()]
        echo_json(told)
    else:
        for slug, checks in found.items():
            _show(slug, files[slug], checks, written.get(slug, {}))
    if not all(_fits(checks) for checks in found.values()):
        raise SystemExit(1)


def _fits(checks: Sequence["ClaimCheck"]) -> bool:
    return all(one.fits is not False for one in checks)


def _file_of(slug: str, folders: Sequence[Path]) -> Path:
    """Return the file of an outlet: that of the last folder that has one, as load_outlets() reads them."""
    return [file for folder in folders for file in folder.rglob(f"{slug}.toml")][-1]


def _write(file: Path, checks: Sequence["ClaimCheck"], today: date) -> dict[str, Value]:
    """Write into *file* what was found, and return it. Raises OutletError where that would change something else."""
    values: dict[str, Value] = {one.key: one.correction for one in checks if one.correction is not None}
    comments = dict.fromkeys(values, CORRECTED.format(today))
    if all(one.fits is not False or one.correction is not None for one in checks):
        values["verified"], comments["verified"] = today, VERIFIED
    if values:
        try:
            changed = with_values(file.read_text(encoding="utf-8"), values, comments)
            part = file.with_name(f".{file.name}.part")
            part.write_text(changed, encoding="utf-8")
            part.replace(file)
        except (ValueError, OSError) as error:
            raise OutletError(file, "", f"is not changed: {error}") from error
        read_outlet(file)  # what we write, we can read
    return values


def _as_data(slug: str, file: Path, checks: Sequence["ClaimCheck"], written: dict[str, Value]) -> dict[str, Any]:
    claims = [{"key": one.key, "said": one.said, "fits": one.fits, "found": one.found} for one in checks]
    values = {key: value.isoformat() if isinstance(value, date) else value for key, value in written.items()}
    return {"outlet": slug, "file": str(file), "fits": _fits(checks), "claims": claims, "written": values}


def _show(slug: str, file: Path, checks: Sequence["ClaimCheck"], written: dict[str, Value]) -> None:
    wrong = sum(one.fits is False for one in checks)
    click.echo(f"{slug}: {'all claims fit' if not wrong else f'{wrong} of {len(checks)} claims do not fit'}")
    for one in checks:
        click.echo(f"  {_SIGNS[one.fits]:<13} {one.key:<15} {one.said}\n  {'':<13} {'':<15} {one.found}")
    for key, value in written.items():
        click.echo(f"  written to {file}: {key} = {value}")
