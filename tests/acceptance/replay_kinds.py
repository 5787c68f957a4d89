"""Replay captures of every kind in pywb and in ReplayWeb.page's engine: all must show what was captured.

    make replay                                                       # installs both
    .venv/bin/python -m tests.acceptance.replay_kinds SCREENSHOTS     # 200 of each kind
    .venv/bin/python -m tests.acceptance.replay_kinds SCREENSHOTS --found 10000

The last asks for each of 10,000 captures in one WACZ with a reader that has read no part of its index yet: pages,
pairs of pages whose addresses differ in the last slash alone, and redirects from an address without it.
Kinds: article, redirect, feed, revisit, rendered by a browser, brotli, zstd, deflate, cut off, after a takedown.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import build_opener

from archive.database import open_archive
from archive.export.wacz import export_wacz
from archive.export.warc import export_warc
from archive.query.choice import Choice
from tests.acceptance.replay import WAYBACK, replaying_warc
from tests.support.replay_web import IS_THERE, MISSING, replay_web
from tests.support.replayable import KINDS, Wanted, make_archive

FOUND = ("bare", "twin", "slash")  # of these, five captures for each number
CAPTURES = 5


def make_exports(folder: Path, count: int, kinds: Sequence[str] = KINDS) -> list[Wanted]:
    """Make an archive with *count* captures of each kind and export it: semua.warc.gz, semua.cdxj and semua.wacz."""
    wanted = make_archive(folder / "archive.db", count, tuple(kinds))
    with closing(open_archive(folder / "archive.db", read_only=True)) as archive:
        export_warc(archive, Choice(), folder / "semua.warc.gz")
        export_wacz(archive, Choice(), folder / "semua.wacz")
    return wanted


def not_shown_by_pywb(base: str, wanted: Iterable[Wanted]) -> list[Wanted]:
    """Return what pywb, which answers before *base*, does not show as it was captured."""
    opener, missing = build_opener(), []
    for one in wanted:
        try:
            with opener.open(f"{base}/{one.stamp}mp_/{one.url}", timeout=60) as answer:
                is_right = one.says is not None and one.says in answer.read().decode("utf-8", "replace")
        except HTTPError as error:
            with error:
                is_right = one.says is None and error.code == 404
        if not is_right:
            missing.append(one)
    return missing


def not_shown(wanted: Iterable[Wanted], texts: Iterable[str]) -> list[Wanted]:
    """Return what is not shown as it was captured, where *texts* are what a reader shows."""
    return [
        one
        for one, text in zip(wanted, texts, strict=True)
        if (one.says not in text if one.says is not None else "Berita" in text)
    ]


def main() -> int:
    """Print for each kind how many are shown; 1 if any is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("screenshots", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--found", type=int)
    asked = parser.parse_args()
    if WAYBACK is None or not IS_THERE:
        print(f"pywb is not installed: make replay; or: {MISSING}", file=sys.stderr)
        return 2
    kinds, count = (FOUND, asked.found // CAPTURES) if asked.found else (KINDS, asked.count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = make_exports(folder, count, kinds)
        started = time.monotonic()
        with replaying_warc(folder / "semua.warc.gz") as base:
            missing = {"pywb": not_shown_by_pywb(base, wanted)}
        print(f"pywb: {time.monotonic() - started:.0f} s")
        missing["ReplayWeb.page"] = _in_browser(folder / "semua.wacz", wanted, asked.screenshots, bool(asked.found))
        print(f"ReplayWeb.page: {time.monotonic() - started:.0f} s")
    for kind, total in Counter(one.kind for one in wanted).items():
        for tool, lost in missing.items():
            shown = total - sum(one.kind == kind for one in lost)
            print(f"{'yes' if shown == total else 'NO'}  {kind}: {tool} shows {shown} of {total}")
    return int(any(missing.values()))


def _in_browser(wacz: Path, wanted: list[Wanted], screenshots: Path, is_fresh: bool) -> list[Wanted]:
    screenshots.mkdir(parents=True, exist_ok=True)
    with replay_web(wacz) as reader:
        for kind in dict.fromkeys(one.kind for one in wanted):
            one = next(one for one in wanted if one.kind == kind and one.says)
            reader.open(one.url, one.stamp)
            reader.page.screenshot(path=screenshots / f"{kind}.png")
        texts = reader.texts([(one.stamp, one.url) for one in wanted], fresh=is_fresh)
        assert reader.foreign == []
    return not_shown(wanted, texts)


if __name__ == "__main__":
    sys.exit(main())
