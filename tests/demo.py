"""`make demo`: start the bundled newsroom, run the real crawl against it, and say what was archived.

Leaves the archive in data/demo/, so that it can be looked at afterwards.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kickcrawl import CHECKOUT
from kickcrawl.days import day_of
from tests.newsroom import serve

ARTICLES = 120
# What a post that readers cannot see is, by its status in WordPress.
HIDDEN = {
    "password": "behind a password",
    "private": "private",
    "draft": "drafts",
    "pending": "waiting for an editor",
    "trash": "in the bin",
    "future": "planned for later",
}
BIN = Path(sys.executable).parent


def main() -> int:
    """Run the demo; return the crawl's exit status."""
    folder = CHECKOUT / "data" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    archive = (folder / "archive.db").relative_to(CHECKOUT)
    with serve(seed=7, articles=ARTICLES) as site:
        print(f"A made-up newsroom answers at {site.base}. {posts_in_words(site.truth())}")
        print("Crawling it as kicknews:\n")
        command = [BIN / "scrapy", "crawl", "kicknews", "-a", f"base_url={site.base}", "-s", f"ARCHIVE={archive}"]
        print(f"  $ {' '.join(str(part) for part in (command[0].relative_to(CHECKOUT), *command[1:]))}")
        print("      -s DOWNLOAD_DELAY=0\n", flush=True)
        begin = time.monotonic()
        status = subprocess.run([*command, "-s", "DOWNLOAD_DELAY=0"], cwd=CHECKOUT, check=False).returncode
        if status:
            print("\nThe crawl failed; the lines above say why.", file=sys.stderr)
            return status
        edits = site.modify(6)
        edited = next(change["url"] for change in edits if change["body_changed"])
        site.reprint(2)
        site.publish(2)
        site.trash(1)
        print(f"\nDone in {time.monotonic() - begin:.1f} s. {edits_in_words(edits)}")
        print("The next run fetches only that:\n", flush=True)
        status = subprocess.run([*command, "-s", "DOWNLOAD_DELAY=0"], cwd=CHECKOUT, check=False).returncode
        print(f"\n{_summary(archive, edited)}")
    return status


def posts_in_words(truth: Sequence[Mapping[str, Any]]) -> str:
    """Return how many posts there are, how many of them readers can see, and what the others are."""
    counts = Counter(post["status"] for post in truth)
    hidden = ", ".join(f"{counts[status]} {words}" for status, words in HIDDEN.items() if counts[status])
    return (
        f"It has written {len(truth)} posts. {counts['publish']} are published, and these can be archived;\n"
        f"the others are not for readers: {hidden}."
    )


def edits_in_words(edits: Sequence[Mapping[str, Any]]) -> str:
    """Return what the newsroom does between the two runs; some edits change nothing that is kept as a revision."""
    same = sum(edit["kind"] in ("slug", "touch") for edit in edits)
    only = (
        f" ({same} of them in {'its address or time' if same == 1 else 'their address or time'} alone)" if same else ""
    )
    return (
        f"Now the newsroom edits {len(edits)} articles{only},\n"
        "prints 2 once more, publishes 2 new ones and withdraws 1, which the archive keeps."
    )


def _summary(archive: Path, edited: str) -> str:
    """Return what is in the archive and what to look at: an article, an edited one, a story."""

    def ask(*arguments: str) -> Any:
        environment = {**os.environ, "KICKCRAWL_ARCHIVE": str(archive)}
        done = subprocess.run(
            [BIN / "kickcrawl", *arguments, "--json"], cwd=CHECKOUT, env=environment, capture_output=True, check=True
        )
        return json.loads(done.stdout)

    outlet = ask("status")["outlets"][0]
    hits = ask("search", "Lombok", "--limit", "3")
    titles = "\n".join(f"  {hit['id']}  {hit['title']}" for hit in hits)
    oldest, newest = (day_of(outlet[name], outlet["timezone"]) for name in ("oldest", "newest"))
    article = ask("show", edited)["id"]
    return f"""{outlet["articles"]} articles, {oldest} to {newest}, for instance:
{titles}

The archive is {archive}. Try next:
  make serve                              (and open the address that it names)
  export KICKCRAWL_ARCHIVE={archive}
  .venv/bin/kickcrawl status
  .venv/bin/kickcrawl search harga pasar
  .venv/bin/kickcrawl show {article}          (an article that was edited)
  .venv/bin/kickcrawl show {article}@1        (as it was before)
  .venv/bin/kickcrawl show {article} --on today  (as it stood at the end of a day of the outlet's clock)
  .venv/bin/kickcrawl cite {article}          (in a sentence that can be checked)
  .venv/bin/kickcrawl stories                    (the same copy in several places)
  .venv/bin/kickcrawl export --to berita.jsonl      (or .csv, .parquet, .db: README, "For researchers")"""


if __name__ == "__main__":
    sys.exit(main())
