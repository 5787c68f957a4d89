"""Crawl a real WordPress newsroom and print the table of issue 2: what was archived, at what cost, after which edits.

    python -m tests.acceptance.wordpress RIG WORK [--variant NAME ...]

RIG is the folder of the newsroom's scripts (up.sh is done), WORK its work folder (truth, access log). Exit 1 where a
target is missed.
"""

import argparse
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kickcrawl import CHECKOUT
from tests.acceptance.check import Finding, Truth, check_archive

# What a variant switches, and which fields no source then shows.
VARIANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "default": ("", ()),
    "rest-off": ("REST=404", ()),
    "seo-sitemap": ("REST=403 FEED=404 SITEMAP=seo", ()),
    "sections": ("REST=404 FEED=404 SITEMAP=off", ()),
    "bare": ("CLUTTER=0", ()),
    "bare-rest-off": ("CLUTTER=0 REST=404", ("modified",)),
    "no-seo": ("SEO=none", ()),
    "unknown-class": ("SEO=none CONTENT_CLASS=zq-isi-7", ()),
    "unknown-class-rest-off": ("SEO=none CONTENT_CLASS=zq-isi-7 REST=401", ("modified",)),
    "feeds-home": ("FEED=home", ()),
}
NORMAL = 'CLUTTER=1 REST=on FEED=on SITEMAP=core SEO=graph CONTENT_CLASS="entry-content entry-content-single" MAINT=0'


@dataclass(slots=True)
class Rig:
    """The newsroom's scripts and its work folder."""

    folder: Path
    work: Path

    def switch(self, words: str) -> None:
        self._call("switch.sh", *shlex.split(words))

    def edit(self, verb: str, count: int) -> list[dict[str, str]]:
        return [
            json.loads(line) for line in self._call("edit.sh", verb, str(count)).splitlines() if line.startswith("{")
        ]

    def truth(self) -> list[Truth]:
        return [json.loads(line) for line in (self.work / "gen" / "truth.jsonl").read_text().splitlines()]

    @property
    def base(self) -> str:
        parts = urlsplit(self.truth()[0]["url"])
        return f"{parts.scheme}://{parts.netloc}"

    def hits(self, since: float) -> list[dict[str, str]]:
        """Return the requests in the access log since *since*; the server writes it within a second."""
        log = self.work / "log" / "access.jsonl"
        marker = f"/robots.txt?end-of-run={time.time()}"
        subprocess.run(["curl", "-s", "-o", os.devnull, self.base + marker], check=True)
        while True:
            lines = [json.loads(line) for line in log.read_text().split("\n")[:-1]]  # the last may be half-written
            if any(line["u"] == marker for line in lines):
                return [line for line in lines if line["t"] >= since and "end-of-run" not in line["u"]]
            time.sleep(0.1)

    def _call(self, script: str, *arguments: str) -> str:
        environment = {**os.environ, "RIG_WORK": str(self.work)}
        done = subprocess.run(
            [str(self.folder / script), *arguments], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout


def crawl(
    rig: Rig, archive: Path, *arguments: str
) -> tuple[subprocess.CompletedProcess[str], list[dict[str, str]], float]:
    """Run the real command; return how it ended, what it asked the server for, and its seconds."""
    begin = time.time()
    done = subprocess.run(
        [str(Path(sys.executable).parent / "scrapy"), "crawl", "kicknews", "-a", f"base_url={rig.base}", *arguments,
         "-s", f"ARCHIVE={archive}", "-s", "DOWNLOAD_DELAY=0"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    took = time.time() - begin
    return done, rig.hits(begin), took


def first_run(rig: Rig, archive: Path, may_be_null: tuple[str, ...], *, bounded: bool) -> list[Finding]:
    """Crawl from nothing and hold the archive against the truth."""
    done, hits, took = crawl(rig, archive)
    truth = rig.truth()
    pages = sum(post["flags"]["pages"] for post in truth if post["archive"])
    ratio = len(hits) / pages
    too_many = bounded and ratio > 1.1
    return [
        Finding("exit status of the first run", str(done.returncode), "0", _stderr(done)),
        Finding(
            "requests an article page there is to fetch", f"{ratio:.3f}", "<= 1.1" if bounded else "unbounded",
            [f"{len(hits)} requests for {pages} pages"] * too_many,
        ),
        *check_archive(archive, truth, may_be_null=may_be_null),
        Finding("seconds of the first run", f"{took:.1f}", "measured"),
    ]  # fmt: skip


def later_runs(rig: Rig, archive: Path, may_be_null: tuple[str, ...]) -> list[Finding]:
    """Crawl again at once, and after edits: only what changed is fetched, and each edit is one revision."""
    known = {urlsplit(post["url"]).path for post in rig.truth()}
    done, hits, _ = crawl(rig, archive)
    pages = [hit["u"] for hit in hits if hit["u"] in known]
    findings = [
        Finding("second run at once: article pages", str(len(pages)), "0", pages[:3]),
        Finding("second run at once: requests", str(len(hits)), "<= 6", [str(len(hits))] * (len(hits) > 6)),
        Finding("second run at once: exit status", str(done.returncode), "0", _stderr(done)),
    ]
    before = {post["id"]: post for post in rig.truth()}
    modified, published, trashed = (rig.edit(verb, 20) for verb in ("modify", "publish", "trash"))
    fleeting = {row["id"] for row in published} & {row["id"] for row in trashed}  # there was nothing to miss
    gone = {str(row["id"]) for row in trashed if row["id"] not in fleeting}
    revised = {str(r["id"]) for r in modified if r["kind"] not in ("touch", "slug")} - gone
    truth = rig.truth()
    done, hits, _ = crawl(rig, archive)
    known = {urlsplit(p["url"]).path: p for p in (*truth, *before.values())}
    asked = {str(known[hit["u"]]["id"]) for hit in hits if hit["u"] in known}
    expected = {str(row["id"]) for row in (*modified, *published, *trashed) if row["id"] not in fleeting}
    findings += [
        Finding("after edits: exit status", str(done.returncode), "0", _stderr(done)),
        Finding("after edits: others fetched", str(len(asked - expected)), "0", sorted(asked - expected)),
        Finding(
            "after edits: changed ones fetched",
            f"{len(asked & expected)}/{len(expected)}",
            "100 %",
            sorted(expected - asked),
        ),
        *check_archive(archive, truth, may_be_null=may_be_null, revised=len(revised)),
        *_after_edits(archive, truth, modified, gone, revised),
    ]
    return findings


def _after_edits(
    archive: Path, truth: list[Truth], modified: list[dict[str, str]], gone: set[str], revised: set[str]
) -> list[Finding]:
    connection = sqlite3.connect(archive)
    rows = connection.execute("SELECT native_id, id, revision, gone_at, text FROM articles").fetchall()
    missing = {row[0] for row in rows if row[3]}
    twice = {row[0] for row in rows if row[2] > 1}
    slugs = [row for row in modified if row["kind"] == "slug" and str(row["id"]) not in gone]
    aliases = {row[0] for row in connection.execute("SELECT url FROM article_urls")}
    lost = [row["change"]["before"] for row in slugs if row["change"]["before"] not in aliases]  # type: ignore[index]
    empty = [row[1] for row in rows if row[3] and not row[4] and not _photo_only(truth, row[0])]
    connection.close()
    return [
        Finding("marked gone", f"{len(missing & gone)}/{len(gone)}", "20, no other", sorted(missing ^ gone)),
        Finding("revised", f"{len(twice & revised)}/{len(revised)}", "each edit, no touch", sorted(twice ^ revised)),
        Finding("old addresses kept as aliases", f"{len(slugs) - len(lost)}/{len(slugs)}", "100 %", lost),
        Finding("texts of gone articles kept", f"{len(gone) - len(empty)}/{len(gone)}", "100 %", empty),
    ]


def _photo_only(truth: list[Truth], native_id: str) -> bool:
    return any(str(post["id"]) == native_id and post["flags"]["edge"] == "photo_only" for post in truth)


def trouble(rig: Rig, archive: Path) -> list[Finding]:
    """Crawl while the server answers 503, and where nothing listens: exit 1, one line, nothing changed."""

    def state() -> list[tuple[object, ...]]:
        connection = sqlite3.connect(archive)
        found = [
            connection.execute(f"SELECT count(*), sum(length(text)) FROM {t}").fetchone()
            for t in ("articles", "revisions")
        ]
        connection.close()
        return found

    before, findings = state(), []
    rig.switch("MAINT=1")
    try:
        done, _, took = crawl(rig, archive)
    finally:
        rig.switch("MAINT=0")
    findings.append(_failed("503 for every page", done, took, state() == before))
    begin = time.time()
    done = subprocess.run(
        [str(Path(sys.executable).parent / "scrapy"), "crawl", "kicknews", "-a", "base_url=http://127.0.0.1:9",
         "-s", f"ARCHIVE={archive}"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    findings.append(_failed("nothing listens", done, time.time() - begin, state() == before))
    return findings


def _stderr(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [done.stderr[-400:]] * (done.returncode != 0)


def _failed(what: str, done: subprocess.CompletedProcess[str], took: float, same: bool) -> Finding:
    lines = [line for line in done.stderr.splitlines() if line.startswith("kickcrawl: ")]
    wrong = [f"exit {done.returncode}"] * (done.returncode != 1) + [f"{took:.0f} s"] * (took > 120)
    wrong += [f"{len(lines)} lines: {done.stderr[-300:]}"] * (len(lines) != 1) + ["articles changed"] * (not same)
    return Finding(f"{what}: exit, seconds", f"{done.returncode}, {took:.0f} s", "1, <= 120 s, one line", wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rig", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--variant", action="append", choices=[*VARIANTS, "edits", "trouble"])
    options = parser.parse_args()
    rig, missed = Rig(options.rig, options.work), 0
    for name in options.variant or [*VARIANTS, "edits", "trouble"]:
        switches, may_be_null = VARIANTS.get(name, ("", ()))
        rig.switch(f"{NORMAL} {switches}")
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "archive.db"
            findings = first_run(rig, archive, may_be_null, bounded=name != "sections")
            if name == "edits":
                findings += later_runs(rig, archive, may_be_null)
            if name == "trouble":
                findings += trouble(rig, archive)
        rig.switch(NORMAL)
        print(f"\n## {name} {switches}", *findings, sep="\n", flush=True)
        missed += sum(not finding.ok for finding in findings)
    print(f"\n{missed} targets missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
