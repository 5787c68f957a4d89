"""Put one string into every place where text comes from: pages, seeds, search, command line, outlet files."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from click.testing import CliRunner

from archive.query.choice import Choice
from kickcrawl.article import Article, Image, Page, PageSource, Rejection
from kickcrawl.discovery.feed import read_feed
from kickcrawl.errors import OutletError
from kickcrawl.extract import extract
from kickcrawl.outlet import read_outlet
from kickcrawl.page.blocks import fold
from kickcrawl.platforms import wordpress
from spiders.cli import main
from tests.fuzz.targets import HOME, SITE, assert_clean, check_candidates
from tests.support.searching import search
from tests.support.storing import shelf_in

TEXTS = (
    "Panen jagung di Pringgabaya dimulai Senin pagi, kata kepala dinas pertanian kepada warta uji di kantornya.",
    "Hasilnya naik seperlima dari tahun lalu, sebab hujan turun tepat ketika tongkol mulai terisi di semua kecamatan.",
    "Petani berharap harga pengepul tidak turun di bawah lima ribu rupiah sekilogram sampai musim panen berakhir.",
)
# Each command that takes words of a person, with one of them.
COMMANDS = (
    ["search"], ["search", "--json"], ["search", "--exact"], ["search", "panen", "--outlet"], ["show"], ["explain"],
    ["show", "ID", "--on"], ["history"], ["diff"], ["export", "--jsonl", "-", "--since"], ["stories", "--outlet"],
)  # fmt: skip


def check_everywhere(text: str) -> None:
    """The string as title, author, section, tag, caption, paragraph, address and time of a page; as words of seeds."""
    said, shown = escape(text), escape(text, quote=False)
    node = {
        "@type": "NewsArticle", "headline": text, "author": {"name": text}, "articleSection": text, "keywords": [text],
        "datePublished": text, "inLanguage": text, "url": text,
    }  # fmt: skip
    linked = json.dumps(node).replace("</", "<\\/")
    story = "".join(f"<p>{part}</p>" for part in TEXTS)
    body = f"""<!DOCTYPE html><html lang="{said}"><head><meta charset="utf-8"><title>{shown}</title>
<link rel="canonical" href="{said}"><meta property="og:title" content="{said}"><meta name="author" content="{said}">
<script type="application/ld+json">{linked}</script></head><body class="{said}"><article>
<h1>{shown}</h1><time datetime="{said}">{shown}</time><a rel="tag" href="{said}">{shown}</a><div class="entry-content">
<figure><img src="{said}" alt="{said}"><figcaption>{shown}</figcaption></figure>{story}
<p>Kata {shown} selesai di sini.</p><p>Baca juga: <a href="{said}">{shown}</a></p></div></article></body></html>"""
    source = PageSource(url=f"{HOME}panen", body=body.encode("utf-8", errors="surrogatepass"))
    result = extract(Page(requested_url=source.url, sources=(source,), site=SITE))
    if not fold(text):
        assert isinstance(result, Rejection), result  # a page of which nothing is a title
        return
    assert isinstance(result, Article), result
    assert_clean(result)
    assert all(part in result.text for part in TEXTS), "a paragraph is lost"
    item = f"<item><title>{shown}</title><link>/a</link><author>{shown}</author></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    check_candidates(read_feed(feed.encode("utf-8", errors="surrogatepass"), HOME))
    post = {"link": f"{HOME}a", "title": {"rendered": text}, "_embedded": {"author": [{"name": text}]}}
    check_candidates(wordpress.read_posts(json.dumps([post]).encode(), HOME, {}, "UTC").candidates)


@contextmanager
def check_search(folder: Path, texts: list[str]) -> Iterator[Callable[[str], None]]:
    """Give a check that looks for a string in an archive which holds all of *texts*."""
    with shelf_in(folder) as shelf:
        with shelf.archive.transaction():
            for number, text in enumerate(texts):
                image = Image(url=text, caption=text, credit=text)
                shelf.put(f"uji-{number}", f"{text}\n\nKata uji{number}", title=text, authors=(text,), images=(image,))

        def look(text: str) -> None:
            for hit in (
                *search(shelf.archive, Choice(words=text)),
                *search(shelf.archive, Choice(words=text, exact=True)),
            ):
                assert hit.snippet

        yield look


def check_commands(text: str, folder: Path) -> None:
    """The string as every argument that a person types, and as every value of an outlet file."""
    options = ["--archive", str(folder / "archive.db")]
    for command in COMMANDS:
        given = [*command, text] if command[0] != "explain" else ["explain", text]
        done = CliRunner().invoke(main, given + (options if command[0] != "explain" else []))
        assert done.exception is None or isinstance(done.exception, SystemExit), (given, done.exception)
        assert done.exit_code in (0, 1, 2), (given, done.exit_code)
    for key in ("slug", "name", "home", "timezone", "language", "region", "platform"):
        values = {"slug": "uji", "name": "Uji", "home": "https://uji.example/", "domains": ["uji.example"], key: text}
        file = folder / "uji.toml"
        file.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items()))
        with suppress(OutletError):
            read_outlet(file)
