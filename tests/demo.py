"""`make demo`: start the bundled newsroom, run the real crawl against it, and say what was archived.

Leaves the archive in data/demo/, so that it can be looked at afterwards.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from kickcrawl import CHECKOUT
from kickcrawl.days import day_of
from tests.newsroom import serve

ARTICLES = 120
BIN = Path(sys.executable).parent


def main() -> int:
    """Run the demo; return the crawl's exit status."""
    folder = CHECKOUT / "data" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    archive = (folder / "archive.db").relative_to(CHECKOUT)
    with serve(seed=7, articles=ARTICLES) as site:
        print(f"A made-up newsroom of {ARTICLES} posts answers at {site.base}. Crawling it as kicknews:\n")
        command = [BIN / "scrapy", "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        print(f"  $ {' '.join(str(part) for part in (command[0].relative_to(CHECKOUT), *command[1:]))}")
        print("      -s DOWNLOAD_DELAY=0\n", flush=True)
        begin = time.monotonic()
        status = subprocess.run([*command, "-s", "DOWNLOAD_DELAY=0"], cwd=CHECKOUT, check=False).returncode
        if status:
            print("\nThe crawl failed; the lines above say why.", file=sys.stderr)
            return status
        print(f"\nDone in {time.monotonic() - begin:.1f} s. Now the newsroom edits, reprints, publishes and withdraws.")
        print("The next run fetches only that:\n", flush=True)
        edited = next(change["url"] for change in site.modify(6) if change["body_changed"])
        site.reprint(2)
        site.publish(2)
        site.trash(1)
        status = subprocess.run([*command, "-s", "DOWNLOAD_DELAY=0"], cwd=CHECKOUT, check=False).returncode
        print(f"\n{_summary(archive, edited)}")
    return status


def _summary(archive: Path, edited: str) -> str:
    """Return what is in the archive and what to look at: an article, an edited one, a story."""

    def ask(*arguments: str) -> Any:
        environment = {**os.environ, "KICKCRAWL_ARCHIVE": str(archive)}
        done = subprocess.run(
            [BIN / "kickcrawl", *arguments, "--json"], cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)

    outlet = ask("status")["outlets"][0]
    hits = ask("search", "Lombok", "--limit", "3")
    titles = "\n".join(f"  {hit['id']}  {hit['title']}" for hit in hits)
    oldest, newest = (day_of(outlet[name], outlet["timezone"]) for name in ("oldest", "newest"))
    return f"""{outlet["articles"]} articles, {oldest} to {newest}, for instance:
{titles}

The archive is {archive}. Try next:
  make serve                              (and open the address that it names)
  export KICKCRAWL_ARCHIVE={archive}
  .venv/bin/kickcrawl status
  .venv/bin/kickcrawl search harga pasar
  .venv/bin/kickcrawl show {ask("show", edited)["id"]}          (an article that was edited)
  .venv/bin/kickcrawl stories                    (the same copy in several places)
  .venv/bin/kickcrawl export --jsonl articles.jsonl"""


if __name__ == "__main__":
    sys.exit(main())
