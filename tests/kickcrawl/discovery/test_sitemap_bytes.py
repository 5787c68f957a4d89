"""Sitemaps as servers spell and spoil them: packed, wrapped, cut off in the middle."""

import gzip
import html

import pytest

from kickcrawl.discovery.sitemap import Sitemap, read_sitemap
from kickcrawl.discovery.sitemap_bytes import MAX_BYTES
from kickcrawl.errors import SeedError

URL = "https://warta.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
STORY = "https://warta.example/panen-raya"


def read(xml: str | bytes) -> Sitemap:
    return read_sitemap(xml if isinstance(xml, bytes) else xml.encode(), URL, "Asia/Makassar")


def urlset(*entries: str) -> str:
    return f"<urlset {NS}>{''.join(f'<url>{entry}</url>' for entry in entries)}</urlset>"


def urls(sitemap: Sitemap) -> list[str]:
    return [candidate.url for candidate in sitemap.candidates]


ENTRY = f"<loc>{STORY}</loc>"
LIST = urlset(ENTRY, "<loc>/tanam</loc>")
IN_CAPS = f"<URLSET {NS}><URL><LOC>{STORY}</LOC></URL><Url><Loc>/tanam</Loc></Url></URLSET>"
WITH_PREFIX = (
    f"<s:urlset {NS.replace('xmlns', 'xmlns:s')}><s:url><s:loc>{STORY}</s:loc></s:url>"
    "<s:url><s:loc>/tanam</s:loc></s:url></s:urlset>"
)


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(LIST, id="as it should be"),
        pytest.param("<br />\n<b>Notice</b>: x is not set in <b>/a.php</b><br />\n" + LIST, id="a notice before"),
        pytest.param("Warning: x\n\n<?xml version='1.0' encoding='UTF-8'?>" + LIST, id="words before"),
        pytest.param("<!-- dari singgahan --><?xml version='1.0'?>" + LIST, id="a comment before the declaration"),
        pytest.param(LIST + "<!-- 0.1 s --><script>x</script>", id="a script behind"),
        pytest.param(f"<html><body>{LIST}</body></html>", id="inside of a page"),
        pytest.param(f"<html><pre>{html.escape(LIST)}</pre></html>", id="shown as text in a page"),
        pytest.param(IN_CAPS, id="caps"),
        pytest.param(LIST.replace("sitemaps.org", "google.com").replace("0.9", "0.84"), id="an old namespace"),
        pytest.param(LIST.replace(NS, 'xmlns="https://www.warta.example/"'), id="a wrong namespace"),
        pytest.param(LIST.replace("<loc>", '<loc xmlns="https://x.example/">'), id="loc in another namespace"),
        pytest.param(LIST.replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>"), id="CDATA"),
        pytest.param(WITH_PREFIX, id="a prefix"),
        pytest.param(f"<!-- <url><loc>/contoh</loc></url> -->{LIST}", id="an example in a comment"),
        pytest.param(LIST.replace("<url>", "<!-- <url><loc>/lama</loc></url> --><url>", 1), id="an entry in a comment"),
    ],
)  # fmt: skip
def test_list_is_read_whole_whatever_stands_around_it(xml: str) -> None:
    sitemap = read(xml)
    assert urls(sitemap) == [STORY, "https://warta.example/tanam"]
    assert sitemap.is_whole


@pytest.mark.parametrize(
    ("loc", "path"),
    [
        ("/baca?a=1&b=2", "/baca?a=1&b=2"),
        ("/baca?a=1&amp;b=2", "/baca?a=1&b=2"),
        ("/baca?a=1&#38;b=2", "/baca?a=1&b=2"),
        ("/baca?a=1&#x26;b=2", "/baca?a=1&b=2"),
        ("<![CDATA[/baca?a=1&b=2]]>", "/baca?a=1&b=2"),
        ("/baca?a&", "/baca?a"),
    ],
)
def test_ampersand_of_an_address_is_kept_however_it_is_written(loc: str, path: str) -> None:
    assert urls(read(urlset(f"<loc>{loc}</loc>"))) == [f"https://warta.example{path}"]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        pytest.param("</urlset", 2, id="in the root's end tag"),
        pytest.param("<url><loc>https://warta.example/pan", 2, id="in an address"),
        pytest.param("<url><loc>https://warta.example/panen-jagung</loc>", 2, id="behind an address"),
        pytest.param("<url", 2, id="in a tag"),
        pytest.param("", 2, id="between entries"),
    ],
)
def test_list_that_is_cut_off_names_its_whole_entries_and_is_not_whole(end: str, kept: int) -> None:
    sitemap = read(LIST.removesuffix("</urlset>") + end)
    assert len(sitemap.candidates) == kept
    assert (sitemap.is_broken, sitemap.is_whole) == (True, False)


def test_list_of_which_only_half_an_entry_came_names_nothing() -> None:
    sitemap = read(f"<urlset {NS}><url><loc>https://warta.example/pan")
    assert (sitemap.candidates, sitemap.is_whole) == ([], False)


def test_empty_list_is_whole() -> None:
    assert read(f"<urlset {NS}/>").is_whole
    assert read(f"<urlset {NS}></urlset>").is_whole


def test_list_whose_tree_breaks_in_the_middle_is_not_whole() -> None:
    deep = "<a>" * 300 + "</a>" * 300
    sitemap = read(urlset(ENTRY, deep, *(f"<loc>/{n}</loc>" for n in range(9))))
    assert not sitemap.is_whole


def test_gzipped_sitemap_is_unpacked_whatever_its_name() -> None:
    assert urls(read(gzip.compress(urlset(f"<loc>{STORY}</loc>").encode()))) == [STORY]


def test_gzip_that_unpacks_past_the_limit_is_refused() -> None:
    bomb = gzip.compress(bytes(MAX_BYTES + 1), compresslevel=1)
    with pytest.raises(SeedError, match="more than 32 MiB"):
        read(bomb)


@pytest.mark.parametrize("body", [b"\x1f\x8b" + b"rusak" * 20, b"\x1f\x8b"], ids=["damaged", "cut off at once"])
def test_gzip_of_which_nothing_can_be_unpacked_is_refused(body: bytes) -> None:
    with pytest.raises(SeedError, match="gzip is"):
        read(body)


def test_gzip_that_was_cut_off_names_its_whole_entries_and_is_not_whole() -> None:
    body = gzip.compress(urlset(*(f"<loc>{STORY}-{n * n}-{n}</loc>" for n in range(5000))).encode())
    sitemap = read(body[: len(body) // 2])
    assert not sitemap.is_whole
    assert urls(sitemap) == [f"{STORY}-{n * n}-{n}" for n in range(len(sitemap.candidates))] != []


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_gzip_inside_of_gzip_is_unpacked(layers: int) -> None:
    body = urlset(f"<loc>{STORY}</loc>").encode()
    for _ in range(layers):
        body = gzip.compress(body)
    assert urls(read(body)) == [STORY]


def test_gzip_of_several_members_is_unpacked_whole() -> None:
    xml = urlset(f"<loc>{STORY}</loc>", "<loc>/tanam</loc>").encode()
    assert len(read(gzip.compress(xml[:90]) + gzip.compress(xml[90:])).candidates) == 2
