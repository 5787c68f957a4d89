"""`make serve`: show the archive in a browser; before anything was crawled into it, the demo's."""

import os
import sys
from pathlib import Path

from archive.database import open_archive
from archive.lookup import has_articles
from kickcrawl import CHECKOUT
from kickcrawl.errors import ArchiveError

OWN = Path("data/archive.db")
DEMO = Path("data/demo/archive.db")


def main() -> None:
    """Become `kickcrawl serve` on the archive that is to be shown; KICKCRAWL_ARCHIVE names another."""
    os.chdir(CHECKOUT)
    archive, why = (Path(named), None) if (named := os.environ.get("KICKCRAWL_ARCHIVE")) else chosen(OWN, DEMO)
    if why:
        print(why, flush=True)
    command = Path(sys.executable).parent / "kickcrawl"
    os.execv(command, [str(command), "serve", "--archive", str(archive), *sys.argv[1:]])


def chosen(own: Path, demo: Path) -> tuple[Path, str | None]:
    """Return which of two archives is to be shown, and a sentence if it is the demo's.

    One that is damaged, or no archive, is shown all the same: `serve` says what is wrong with it.
    """
    if not has_nothing(own) or has_nothing(demo):
        return own, None
    state = "holds no articles yet" if own.exists() else "is not there yet"
    return demo, f"{own} {state} (scrapy crawl kicknews fills it), so that this is the demo: {demo}"


def has_nothing(file: Path) -> bool:
    """Tell whether no article was ever stored at *file*: there is none, it is empty, or it is an archive without."""
    if not file.exists() or not file.stat().st_size:
        return True
    try:
        archive = open_archive(file, read_only=True)
    except ArchiveError:
        return False
    try:
        return not has_articles(archive)
    except ArchiveError:
        return False
    finally:
        archive.close()


if __name__ == "__main__":
    main()
