"""The command line's `verify`: is all of the archive as it was stored? Is it still what a citation says?"""

import os
import sys
from contextlib import closing
from dataclasses import asdict
from itertools import count
from pathlib import Path

import click
from tqdm import tqdm

from archive.chain import read_head
from archive.cite.check import Checked, check_citations
from archive.cite.plain import in_words
from archive.cli import read_only, which
from archive.database import Archive, open_archive
from archive.verify.archive import Verification
from archive.verify.archive import verify as verify_all
from archive.verify.checks import Check
from archive.verify.since import verify_since
from archive.verify.slice import read_slice
from kickcrawl.cli import as_json, echo_json, main
from kickcrawl.errors import UsageError


@main.command()
@click.option("--head", is_flag=True, help="Only print the head of the chain, to be written down elsewhere.")
@click.option("--expect", metavar="HEAD", help="A head that was written down: the chain must have had it.")
@click.option("--since", metavar="HEAD", help="Only what was stored since the chain had this head, say after a run.")
@click.option(
    "--citation", metavar="TEXT",
    help="Only check a citation in any style, pasted, or all in a file of this name, or in standard input (-).",
)  # fmt: skip
@which
@as_json
def verify(head: bool, expect: str | None, since: str | None, citation: str | None, path: Path, as_json: bool) -> None:
    """Check that all is as it was stored: the chain, every WARC record, the index. The first fault is named: exit 1."""
    if sum((head, since is not None, citation is not None)) > 1:
        raise UsageError("--head, --since and --citation each ask for something else; name one")
    if citation is not None:
        with read_only(path) as archive:
            checked = check_citations(archive, _text_of(citation), expect)
        _tell_citations(checked, as_json=as_json)
        return
    if head:
        with read_only(path) as archive:
            found: dict[str, int | str] = {"head": read_head(archive)}
        echo_json(found) if as_json else click.echo(found["head"])
        return
    if since is not None and expect is not None:
        raise UsageError("--since and --expect: name one; --since asks for a head that the chain has had, too")
    with closing(open_archive(path, read_only=not _is_writable(path))) as archive:
        asked = verify_since(archive, since) if since is not None else verify_all(archive, expect=expect)
        found = _run(archive, asked)
        slice = read_slice(archive)
    if as_json:
        echo_json(found)
        return
    since_when = f" since the head {since}" if since is not None else ""
    click.echo(
        f"all is as it was stored{since_when}: {found['articles']} articles, {found['revisions']} revisions, "
        f"{found['captures']} captures, {found['records']} records in {found['files']} WARC files"
    )
    if slice is not None:
        records = "" if slice.holds_records else "; the WARC records of its captures are not part of it, so not checked"
        click.echo(f"a slice of {slice.source}, whose chain ended with {slice.source_head}{records}")
    links = f"{found['links']} links" if since is None else f"{found['links']} more links"
    click.echo(f"head of the chain, {links}: {found['head']}")
    if "left_out" in found:
        click.echo(f"left out: {found['left_out']}")


def _run(archive: Archive, asked: Verification) -> dict[str, int | str]:
    """Run the checks; on a terminal a bar shows how much is done, and what was checked last."""
    whole = len(asked.checks) + len(asked.files)
    layout = "{percentage:3.0f}% {bar:20} {elapsed}, {remaining} to go; {postfix}"
    with tqdm(total=asked.weight, leave=False, disable=not sys.stderr.isatty(), bar_format=layout) as bar:
        done = count(1)

        def show(check: Check) -> None:
            bar.set_postfix_str(f"check {next(done)} of {whole}: {check.what}", refresh=False)
            bar.update(check.weight)

        return asked.run(archive, show)


def _text_of(citation: str) -> str:
    """Return the text with citations in it: *citation* itself, or what the file of that name or "-" holds."""
    if citation == "-":
        return sys.stdin.buffer.read().decode(errors="replace")
    try:
        is_file = Path(citation).is_file()
    except (OSError, ValueError):  # longer than a file's name may be
        is_file = False
    return Path(citation).read_bytes().decode(errors="replace") if is_file else citation


def _tell_citations(checked: list[Checked], *, as_json: bool) -> None:
    if as_json:
        keys = ("id", "revision", "digest", "title", "outlet", "url")
        echo_json([{key: asdict(one.source)[key] for key in keys} | {"link": one.link} for one in checked])
        return
    for one in checked:
        source = one.source
        published = in_words(source.published_on) if source.published_on else "no date"
        click.echo(f"{source.name} is as it was cited: “{source.title}”, {source.outlet}, {published}; {source.url}")
        click.echo(f"  archived {in_words(source.archived_on)}; link {one.link} of the chain vouches for it")
    click.echo(f"head of the chain, {checked[0].links} links: {checked[0].head}")


def _is_writable(path: Path) -> bool:
    """Tell whether the archive can be written, or there is none: that is told when it is opened."""
    return not path.exists() or (os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK))
