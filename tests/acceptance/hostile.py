"""Crawl the hostile newsroom, seed by seed, and print what was lost, let in, or bothered.

    python -m tests.acceptance.hostile RIGS [--seeds 1-20] [--articles 300] [--variant NAME ...]

RIGS is the folder that holds hostile/. Needs root: everything runs in a network namespace of its own (isolated.sh).

    site     the newsroom as an unlisted site: crawled by its address, all faults on, at most two runs
    gullible the same by an outlet file whose rules take every link for a story: each trap is fetched
    robots   robots.txt answers 503, hangs, or disallows all: nothing else may be asked for
    led      10,200 stories that lead to this machine and its neighbours, in 34 forms and three ways

Exit 1 where a target is missed.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from warcio.archiveiterator import ArchiveIterator

from kickcrawl import CHECKOUT
from kickcrawl.page.encodings import decode_body
from tests.acceptance.check import Finding
from tests.acceptance.crash import at_most, equal
from tests.acceptance.led import SITE, serve_led
from tests.acceptance.stage import BASE, PORT, is_served, isolated, wait_for
from tests.acceptance.tree import Watched, watch

ATTEMPTS = 10_200
SECONDS = 600  # for a crawl of 300 articles
MEMORY = 600  # MB
STALL = 2.0  # seconds
AN_ARTICLE = 4  # requests
RUNS = 2  # bursts of failures may be longer than the retries of one run
SQL = "select url, title, text, published_at from articles"
# 26 foreign addresses stand on the front page, in the feed, and in a sitemap of the rig.
OFFERED, OFFERS = 26, ("/", "/feed.xml", "/sitemaps/ssrf.xml")
RULES = """
name = "Serba Percaya"
home = "{base}/"
domains = ["{host}"]
language = "de"
timezone = "Europe/Berlin"
[seeds]
sitemaps = ["/sitemap.xml"]
feeds = ["/feed.xml", "/atom.xml"]
sections = ["/", "/nord/", "/sued/", "/ost/", "/west/", "/mitte/"]
[urls]
article = ["."]
"""


@contextmanager
def served(rigs: Path, folder: Path, seed: int, articles: int, *options: str) -> Iterator[None]:
    """Serve the newsroom of *seed* with all its faults; its logs and its truth go into *folder*."""
    folder.mkdir(parents=True)
    command = [sys.executable, rigs / "hostile" / "serve.py", "--port", PORT, "--seed", seed, "--articles", articles]
    with subprocess.Popen([*map(str, command), *options], cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(is_served)
            yield
        finally:
            server.kill()


def crawl(folder: Path, *arguments: str) -> Watched:
    """Crawl into *folder*, sixteen requests at a time, and feel the event loop's pulse."""
    settings = {
        "ARCHIVE": folder / "archive.db",
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "EXTENSIONS": json.dumps({"spiders.progress.Progress": 500, "tests.acceptance.pulse.Pulse": 1}),
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [str(CHECKOUT / ".venv/bin/scrapy"), "crawl", *arguments, *options]
    return watch(command, folder / "crawl.log", {"KICKCRAWL_PULSE": str(folder / "pulse")}, 2 * SECONDS)


def score(rigs: Path, folder: Path) -> dict[str, Any]:
    """Return the rig's own judgement of the archive in *folder*."""
    command = [sys.executable, str(rigs / "hostile" / "score.py"), "--db", f"{folder}/archive.db", "--sql", SQL]
    command += [
        part for name in ("truth", "canary", "access") for part in (f"--{name}", f"{folder / name}{_SUFFIX[name]}")
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    judged: dict[str, Any] = json.loads(done.stdout)
    return judged


_SUFFIX = {"truth": ".json", "canary": ".log", "access": ".log"}


def leaks(folder: Path) -> list[str]:
    """Return where secrets got to that the site did not itself send: its pages hold a data: link with one of them."""
    secret, canary, *_ = json.loads((folder / "truth.json").read_text())["forbidden_tokens"]
    inside = (canary.encode(), f"{secret} local file".encode())
    found = [
        str(path) for path in folder.glob("*.log*") if path.name != "canary.log" and _holds(path.read_bytes(), inside)
    ]
    for path in folder.glob("warc/*.warc.gz"):
        with path.open("rb") as stream:
            bodies = (_body(record) for record in ArchiveIterator(stream))
            found += [str(path) for body in bodies if _holds(body, inside)]
    return found


def _body(record: Any) -> bytes:
    """Return what a record holds, decoded within bounds: what was too large is kept, too."""
    encoding = record.http_headers and record.http_headers.get_header("Content-Encoding")
    return decode_body(record.raw_stream.read(), encoding)


def _holds(body: bytes, tokens: tuple[bytes, ...]) -> bool:
    return any(token in body for token in tokens)


def wall(name: str, folder: Path, ended: list[Watched], judged: dict[str, Any], impolite: list[str]) -> list[Finding]:
    """Return what holds however the newsroom is crawled: nothing let in, nobody bothered, within bounds."""
    return [
        equal(f"{name}: canary connections", judged["canary_connections"], 0),
        equal(f"{name}: secrets in the archive", judged["token_leaks_db"], 0),
        equal(f"{name}: secrets in WARC files and logs", leaks(folder), []),
        equal(f"{name}: requests inside a Retry-After", len(impolite), 0),
        equal(f"{name}: against robots.txt", judged["robots_violations"], 0),
        equal(f"{name}: ports opened", sorted({port for one in ended for port in one.ports}), []),
        at_most(f"{name}: seconds of a run", round(max(one.seconds for one in ended)), SECONDS),
        at_most(f"{name}: MB of all processes", max(one.resident for one in ended), MEMORY),
        at_most(f"{name}: seconds of the longest stall", float((folder / "pulse").read_text()), STALL),
        equal(f"{name}: articles twice", judged["duplicates"], 0),
        at_most(f"{name}: requests an article", judged["requests_per_must"], AN_ARTICLE),
    ]


def kept(name: str, judged: dict[str, Any], runs: int) -> list[Finding]:
    """Return whether the articles are there that must be."""
    share = judged["title_ok"] / judged["must"]
    missing = [] if share >= 0.99 else [str(judged["title_ok"])]
    return [
        equal(f"{name}: archived of {judged['must']}, {runs} run(s)", judged["all_markers"], judged["must"]),
        Finding(f"{name}: titles", f"{share:.4f}", "at least 0.99", missing),
    ]


def disturbed(rigs: Path, folder: Path, seed: int, articles: int, name: str, *arguments: str) -> list[Finding]:
    """Crawl the newsroom until its articles are there, RUNS times at most; return what came of it."""
    with served(rigs, folder, seed, articles):
        ended: list[Watched] = []
        while len(ended) < RUNS:
            ended.append(crawl(folder, *arguments))
            judged = score(rigs, folder)
            if judged["all_markers"] == judged["must"]:
                break
        with urlopen(f"{BASE}/__rig/stats", timeout=60) as answer:
            impolite = json.load(answer)["impolite"]
    asked = [json.loads(line) for line in (folder / "access.log").read_text().splitlines()]
    led = sum(one["k"].startswith(("redir-ssrf", "meta-ssrf", "sitemap-redir")) for one in asked)
    offered = led + OFFERED * sum(one["p"] in OFFERS for one in asked)
    sizes = f"{max(one.own for one in ended)} MB counted once, exit {[one.status for one in ended]}"
    print(f"     {name}: {offered} foreign addresses offered, {judged['requests']} requests, {sizes}", flush=True)
    return [*kept(name, judged, len(ended)), *wall(name, folder, ended, judged, impolite)]


def site(rigs: Path, folder: Path, seed: int, articles: int) -> list[Finding]:
    name = f"seed {seed}"
    found = disturbed(rigs, folder, seed, articles, name, "news", "-a", f"url={BASE}/")
    judged = score(rigs, folder)
    wrong = judged["not_articles_stored"] + judged["forbidden_url_stored"]
    return [*found, equal(f"{name}: stored that must not be", wrong, 0)]


def gullible(rigs: Path, folder: Path, seed: int, articles: int) -> list[Finding]:
    outlets = folder.parent / "outlets"
    outlets.mkdir(parents=True)
    (outlets / "percaya.toml").write_text(RULES.format(base=BASE, host=BASE.partition("//")[2]))
    arguments = ("percaya", "-s", f"OUTLETS={outlets}", "-a", f"base_url={BASE}")
    return disturbed(rigs, folder, seed, articles, f"gullible, seed {seed}", *arguments)


def robots(rigs: Path, folder: Path, seed: int, articles: int) -> list[Finding]:
    findings = []
    for mode in ("5xx", "hang", "disallow"):
        with served(rigs, folder / mode, seed, 30, "--robots", mode):
            ended = crawl(folder / mode, "news", "-a", f"url={BASE}/", "-s", "DOWNLOAD_TIMEOUT=5")
        asked = [json.loads(line)["k"] for line in (folder / mode / "access.log").read_text().splitlines()]
        others = [kind for kind in asked if kind not in ("rig", "robots", "err")]
        findings.append(equal(f"robots.txt {mode}: other requests, exit status", (others, ended.status), ([], 1)))
    return findings


def led(rigs: Path, folder: Path, seed: int, articles: int) -> list[Finding]:
    folder.mkdir(parents=True)
    with serve_led(ATTEMPTS) as (told, reached):
        # A failure pauses the host; a third of the stories fails first.
        ended = crawl(folder, "news", "-a", f"url=http://127.0.0.1:{SITE}/", "-s", "PAUSE_LONGEST=0")
        connections = reached()
    asked = sum(told.values())
    ways = ", ".join(f"{count} by {way}" for way, count in sorted(told.items()))
    print(f"     led astray {asked} times: {ways}; {ended.seconds:.0f} s, exit {ended.status}", flush=True)
    enough = [] if asked >= ATTEMPTS else [str(asked)]
    return [
        Finding("led astray, times", str(asked), f"at least {ATTEMPTS}", enough),
        equal("led astray: connections", connections, 0),
    ]


VARIANTS: dict[str, Callable[[Path, Path, int, int], list[Finding]]] = {
    "site": site,
    "gullible": gullible,
    "robots": robots,
    "led": led,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("rigs", type=Path)
    parser.add_argument("--seeds", default="1", help="one, or from and to: 1-20")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--variant", choices=VARIANTS, action="append")
    parser.add_argument("--keep", type=Path, help="work here, and leave everything")
    asked = parser.parse_args()
    isolated(asked.rigs.resolve(), "tests.acceptance.hostile")
    first, _, last = asked.seeds.partition("-")
    missed = 0
    folder = (asked.keep or Path(tempfile.mkdtemp(prefix="kickcrawl-hostile-"))).resolve()
    try:
        for seed in range(int(first), int(last or first) + 1):
            for name in asked.variant or VARIANTS:
                found = VARIANTS[name](asked.rigs.resolve(), folder / f"{seed}-{name}" / "run", seed, asked.articles)
                for finding in found:
                    print(finding, flush=True)
                    missed += not finding.ok
    finally:
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return min(missed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
