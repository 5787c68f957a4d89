"""Give the inputs of other projects' tests to every reader that may meet such a thing, and print what came of it.

    python -m tests.acceptance.suites SUITES [--suite NAME ...]

SUITES is the folder that holds feedparser/, crawler-commons/, wpt-url-ada/, defusedxml/, blns/ and ip/. Every
input must get a sane answer or a named rejection, in bounded time and memory. Exit 1 where one does not.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from kickcrawl.addresses import is_public
from kickcrawl.article import Page, PageSource
from kickcrawl.discovery.feed import read_feed
from kickcrawl.discovery.sitemap import read_sitemap
from kickcrawl.errors import SeedError
from kickcrawl.extract import extract
from kickcrawl.robots import read_robots
from kickcrawl.urls import canonicalize
from tests.acceptance.check import Finding
from tests.acceptance.strings import check_commands, check_everywhere, check_search
from tests.fuzz.targets import HOME, SITE, TARGETS, ZONE
from tests.fuzz.targets import strings as strings_of
from tests.support.marks import MARKS

SECONDS = 2.0  # of CPU for one input of at most some 100 kB
MEMORY = 1 << 30  # bytes of address space beside what is there at the start


@dataclass
class Tally:
    """How many inputs were given, what failed, and how long the slowest took."""

    what: str
    inputs: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    came: Counter[str] = field(default_factory=Counter)

    def give(self, name: str, check: Callable[..., object], *given: object) -> None:
        """Run *check* on what is *given*; it raises where an input is answered badly."""
        self.inputs += 1
        began = time.process_time()
        try:
            came = check(*given)
        except Exception as error:  # of every kind: this is what is looked for
            self.failed.append(f"{name}: {type(error).__name__}: {error}"[:300])
        else:
            self.came[str(came)] += isinstance(came, str)
        seconds = time.process_time() - began
        self.slowest = max(self.slowest, seconds)
        if seconds > SECONDS:
            self.failed.append(f"{name}: took {seconds:.1f} s")

    def finding(self) -> Finding:
        came = ", ".join(f"{count} {what}" for what, count in sorted(self.came.items()) if count)
        measured = f"{self.inputs} inputs, {len(self.failed)} failed, slowest {self.slowest:.2f} s"
        return Finding(self.what, f"{measured}{came and f' ({came})'}", "0 failed", self.failed)


def feeds(suites: Path) -> Iterator[Tally]:
    """Feeds, well-formed and not, in all encodings, to every reader of seeds and to the reader of pages."""
    yield _given("feeds", _files(suites / "feedparser"), ("feed", "sitemap", "listing", "robots", "page"))


def sitemaps(suites: Path) -> Iterator[Tally]:
    files = list(_files(suites / "crawler-commons"))
    yield _given("crawler-commons' files to all readers", files, ("feed", "sitemap", "robots", "page"))
    tally = Tally("sitemaps among them, by what they hold")
    for path, data in files:
        if "sitemaps" in path.parts:
            tally.give(path.name, _sitemap, path.name, data)
    yield tally


def _sitemap(name: str, data: bytes) -> str:
    try:
        found = read_sitemap(data, f"{HOME}{name}", ZONE)
    except SeedError:
        if name.startswith(("sitemap", "xmlSitemap")):
            raise
        return "refused by name"
    # An index whose entries have no <loc> names nothing that sitemaps.org knows.
    assert found.candidates or found.children or name == "sitemap.index.xml", "nothing read"
    return "read"


# What crawler-commons' own tests say of these files: (agent, path, may it be fetched).
ROBOTS = {
    "dos-line-endings.txt": [("kickcrawl", "/any", True)],
    "extensions-group-merging.txt": [
        ("kickcrawl", "/x", False), ("kickcrawl", "/llms.txt", True), ("yourbot", "/private/", False),
        ("yourbot", "/x", True),
    ],
    "rfc9309-example-simple-robots.txt": [
        ("foobot", "/example/page.html", True), ("foobot", "/example/allowed.gif", True),
        ("barbot", "/example/page.html", False), ("kickcrawl", "/publications/x", True),
    ],
    "rfc9309-example-longest-match-robots.txt": [
        ("foobot", "/example/page/disallowed.gif", False), ("foobot", "/example/page/x", True),
    ],
    **{
        f"robots-with-{encoding}-bom.txt": [("kickcrawl", "/profile", False), ("kickcrawl", "/panen", True)]
        for encoding in ("utf8", "utf16le", "utf16be")
    },
    "wildcards.txt": [("kickcrawl", "/gp/cart", False), ("kickcrawl", "/x", True)],
}  # fmt: skip


def robots(suites: Path) -> Iterator[Tally]:
    """robots.txt files: whether they are read as RFC 9309 and crawler-commons' own tests say."""
    tally = Tally("robots files, by what they allow")
    folder = suites / "crawler-commons/src/test/resources/robots"
    for path in sorted(folder.iterdir()):
        tally.give(path.name, _allows, path.read_bytes(), ROBOTS.get(path.name, []))
    yield tally


def _allows(data: bytes, rules: Iterable[tuple[str, str, bool]]) -> None:
    for agent, path, allowed in rules:
        assert read_robots(200, data, agent).allows(f"https://warta.example{path}") is allowed, (agent, path)


def urls(suites: Path) -> Iterator[Tally]:
    """Addresses of the URL standard's own tests: one that is taken leads to the host that browsers go to."""
    folder = suites / "wpt-url-ada/tests/wpt"
    tally = Tally("addresses")
    for name in ("urltestdata.json", "ada_extra_urltestdata.json", "ada_long_urltestdata.json"):
        for case in json.loads((folder / name).read_text(encoding="utf-8")):
            if isinstance(case, dict):
                tally.give(f"{case['input']!r} on {case.get('base')}", _address, case)
    yield tally
    idna = [str(case["input"]) for case in json.loads((folder / "toascii.json").read_text()) if isinstance(case, dict)]
    yield _given("names of hosts", [(Path(name), name.encode()) for name in idna], ("url",))


def _address(case: dict[str, str | None]) -> str:
    text = str(case["input"])
    TARGETS["url"].check(text.encode("utf-8", errors="surrogatepass"))
    try:
        found = urlsplit(canonicalize(text))  # absolute as it stands, or refused by name
    except ValueError:
        return "refused by name"
    if case.get("failure"):
        # Lenient in what no host is harmed by: escapes and brackets behind the host.
        assert case.get("base"), f"a browser refuses it; taken as {found.geturl()}"
        return "taken, refused by browsers"
    meant = urlsplit(str(case["href"]))
    same = found.hostname == (meant.hostname or "").rstrip(".")
    # IDNA 2003, which Python and Scrapy use, writes ss where IDNA 2008 has a letter of its own.
    assert same or "ß" in text or "ẞ" in text, f"{found.hostname} for {meant.hostname}"
    return "taken"


def entities(suites: Path) -> Iterator[Tally]:
    """XML with entities, as it is, and as a feed, a sitemap and a page: nothing is expanded, fetched or opened."""
    tally = Tally("XML with entities")
    folder = tempfile.TemporaryDirectory()
    secret = Path(folder.name) / "rahasia.xml"
    secret.write_text("<a>isi-berkas-rahasia</a>")
    for path, data in _files(suites / "defusedxml/xmltestdata"):
        data = data.replace(b"file:///PATH/TO/xmltestdata/simple.xml", secret.as_uri().encode())
        for kind, made in _dressed(data):
            for reader in ("feed", "sitemap", "listing", "robots", "page"):
                tally.give(f"{path.name} as {kind} to {reader}", TARGETS[reader].check, made)
            tally.give(f"{path.name} as {kind}: what was read", _unexpanded, made)
    folder.cleanup()
    yield tally


def _unexpanded(data: bytes) -> None:
    read = []
    for reader in (read_feed, partial(read_sitemap, timezone=ZONE)):
        with suppress(SeedError):
            read += strings_of(reader(data, f"{HOME}a.xml"))
    source = PageSource(url=f"{HOME}panen", body=data)
    read += strings_of(extract(Page(requested_url=source.url, sources=(source,), site=SITE)))
    assert sum(map(len, read)) < 5_000 + 5 * len(data), "entities were expanded"
    assert not any("isi-berkas-rahasia" in text for text in read), "a file was read"


def _dressed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the XML as it is, and its document type before a feed, a sitemap and a page that use its entities."""
    yield "it is", data
    head, bracket, _ = data.partition(b"]>")
    if not bracket:
        return
    used = b" ".join(b"&%s;" % name for name in (b"a", b"b", b"c", b"d", b"ee"))
    for kind, root, body in (
        (
            "feed",
            b"rss",
            b"<channel><item><title>%s</title><link>https://warta.example/%s</link></item></channel>" % (used, used),
        ),
        ("sitemap", b"urlset", b"<url><loc>https://warta.example/%s</loc></url>" % used),
        ("page", b"html", b"<body><h1>%s</h1><p>%s</p></body>" % (used, used)),
    ):
        yield kind, head + bracket + b"<%s>%s</%s>" % (root, body, root)


def addresses(suites: Path) -> Iterator[Tally]:
    """The special-purpose blocks of IP addresses: first, last and middle of each are refused, however wrapped."""
    blocks = json.loads((suites / "ip/special-purpose.json").read_text())
    tally = Tally("addresses that are not public")
    for block in (*blocks["v4"], *blocks["v6"]):
        network = ip_network(block)
        for ip in {network[0], network[-1], network[network.num_addresses // 2]}:
            forms = [str(ip)]
            if ip.version == 4:
                high, low = divmod(int(ip), 1 << 16)
                forms += [f"::ffff:{ip}", f"::{ip}", f"64:ff9b::{ip}", f"2002:{high:x}:{low:x}::1"]
            for form in forms:
                tally.give(form, _refused, form)
    yield tally


def _refused(form: str) -> None:
    assert not is_public(form), "taken for public"


def strings(suites: Path) -> Iterator[Tally]:
    """Odd strings, and plain markup, as everything textual."""
    naughty = json.loads((suites / "blns/blns.json").read_text(encoding="utf-8"))
    texts = [*filter(None, naughty), *MARKS]
    everywhere, search = Tally("odd strings in all places of a page and its seeds"), Tally("... in search")
    for text in texts:
        everywhere.give(repr(text), check_everywhere, text)
    yield everywhere
    given = [(Path(repr(text)), text.encode("utf-8", errors="surrogatepass")) for text in texts]
    yield _given("odd strings to all readers", given, tuple(TARGETS))
    with tempfile.TemporaryDirectory() as folder:
        with check_search(Path(folder), texts) as look:
            for text in texts:
                search.give(repr(text), look, text)
        yield search
        commands = Tally("... as arguments of commands and in outlet files")
        for text in texts:
            commands.give(repr(text), check_commands, text, Path(folder))
        yield commands


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()


def _given(what: str, inputs: Iterable[tuple[Path, bytes]], readers: tuple[str, ...]) -> Tally:
    tally = Tally(f"{what} to {', '.join(readers)}" if len(readers) < 6 else what)
    for path, data in inputs:
        for reader in readers:
            tally.give(f"{path.name} to {reader}", TARGETS[reader].check, data)
    return tally


SUITES: dict[str, Callable[[Path], Iterator[Tally]]] = {
    "feeds": feeds,
    "sitemaps": sitemaps,
    "robots": robots,
    "urls": urls,
    "entities": entities,
    "addresses": addresses,
    "strings": strings,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("suites", type=Path)
    parser.add_argument("--suite", choices=SUITES, action="append")
    asked = parser.parse_args()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(
        resource.RLIMIT_AS, (2 * used + 2 * MEMORY, resource.RLIM_INFINITY)
    )  # then MemoryError, in place of a machine that swaps
    missed = 0
    for name in asked.suite or SUITES:
        for tally in SUITES[name](asked.suites):
            finding = tally.finding()
            print(finding, flush=True)
            missed += not finding.ok
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
