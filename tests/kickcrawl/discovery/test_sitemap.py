"""Sitemaps as seeds: an index, a list, Google's news extension, gzip, and what only pretends to be one."""

import gzip
from collections.abc import Callable
from datetime import datetime

import pytest

from kickcrawl.article import Moment
from kickcrawl.discovery import sitemap as sitemaps
from kickcrawl.discovery.sitemap import Child, Sitemap, lists_posts, read_sitemap
from kickcrawl.errors import SeedError

URL = "https://warta.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
STORY = "https://warta.example/panen-raya"


def read(xml: str | bytes, url: str = URL) -> Sitemap:
    return read_sitemap(xml if isinstance(xml, bytes) else xml.encode(), url, "Asia/Makassar")


def moment(written: str, offset: int = 480) -> Moment:
    return Moment(datetime.fromisoformat(written + "+00:00"), offset)


def urlset(*entries: str) -> str:
    return f"<urlset {NS}>{''.join(f'<url>{entry}</url>' for entry in entries)}</urlset>"


def urls(sitemap: Sitemap) -> list[str]:
    return [candidate.url for candidate in sitemap.candidates]


def test_index_names_its_children_with_their_times() -> None:
    sitemap = read(
        f"<sitemapindex {NS}><!-- dibuat --><sitemap><loc> /post-sitemap.xml </loc>"
        "<lastmod>2025-07-14T09:30:00+08:00</lastmod></sitemap>"
        "<sitemap><loc>https://warta.example/page-sitemap.xml</loc></sitemap><sitemap><loc></loc></sitemap></sitemapindex>"
    )
    assert sitemap.candidates == []
    assert sitemap.children == [
        Child("https://warta.example/post-sitemap.xml", moment("2025-07-14T01:30")),
        Child("https://warta.example/page-sitemap.xml", None),
    ]


def test_list_names_its_addresses_with_their_times_in_order() -> None:
    sitemap = read(urlset(f"<loc>{STORY}?utm_source=x</loc><lastmod>2025-07-14</lastmod>", "<loc>/tanam</loc>"))
    assert sitemap.children == []
    assert urls(sitemap) == [STORY, "https://warta.example/tanam"]
    assert [found.modified for found in sitemap.candidates] == [moment("2025-07-13T16:00"), None]
    assert {found.seed for found in sitemap.candidates} == {"sitemap"}


@pytest.mark.parametrize("entry", ["", "<loc></loc>", "<loc>mailto:a@warta.example</loc>", "<loc>http://[rusak/</loc>"])
def test_entry_without_a_web_address_is_left_out(entry: str) -> None:
    assert [url for url in urls(read(urlset(entry, f"<loc>{STORY}</loc>"))) if url != URL] == [STORY]


def test_news_sitemap_gives_title_and_time_of_posts() -> None:
    entry = (
        f"<loc>{STORY}</loc><n:news><n:publication><n:name>Warta Uji</n:name></n:publication>"
        "<n:publication_date>2025-07-14T09:30:00+08:00</n:publication_date><n:title> Panen\n Raya </n:title></n:news>"
    )
    xml = urlset(entry).replace(NS, f'{NS} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"')
    (found,) = read(xml).candidates
    assert (found.title, found.published, found.is_post) == ("Panen Raya", moment("2025-07-14T01:30"), True)


def test_pictures_of_an_entry_are_not_its_address() -> None:
    xml = urlset(f"<i:image><i:loc>https://warta.example/p.jpg</i:loc></i:image><loc>{STORY}</loc>")
    assert urls(read(xml.replace(NS, f'{NS} xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"'))) == [STORY]


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(f"<urlset><url><loc>{STORY}</loc></url></urlset>", id="no namespace"),
        pytest.param("\n\n" + urlset(f"<loc>{STORY}</loc>"), id="empty lines before"),
        pytest.param(
            '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?>' + urlset(f"<loc>{STORY}</loc>"), id="prolog"
        ),
        pytest.param(urlset(f"<loc>{STORY}</loc>").removesuffix("</urlset>"), id="end is missing"),
        pytest.param(urlset(f"<loc>{STORY}</loc>", "<loc>/?a&b</loc").replace("</loc</url>", "</url>"), id="bare &"),
        pytest.param(b"\xef\xbb\xbf" + urlset(f"<loc>{STORY}</loc>").encode(), id="byte order mark"),
    ],
)
def test_sitemap_with_a_plugins_mistakes_is_still_read(xml: str | bytes) -> None:
    assert urls(read(xml))[0] == STORY


def test_gzipped_sitemap_is_unpacked_whatever_its_name() -> None:
    assert urls(read(gzip.compress(urlset(f"<loc>{STORY}</loc>").encode()))) == [STORY]


def test_gzip_that_unpacks_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1 << 20)
    with pytest.raises(SeedError, match="more than 1 MiB"):
        read(gzip.compress(bytes((1 << 20) + 1)))


def test_damaged_gzip_is_refused() -> None:
    with pytest.raises(SeedError, match="damaged"):
        read(b"\x1f\x8b" + b"rusak" * 20)


def test_gzip_that_was_cut_off_is_refused() -> None:
    body = gzip.compress(urlset(*(f"<loc>{STORY}-{n}</loc>" for n in range(500))).encode())
    with pytest.raises(SeedError, match="cut off"):
        read(body[: len(body) // 2])


def test_gzip_of_several_members_is_unpacked_whole() -> None:
    xml = urlset(f"<loc>{STORY}</loc>", "<loc>/tanam</loc>").encode()
    assert len(read(gzip.compress(xml[:90]) + gzip.compress(xml[90:])).candidates) == 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_list_of_lines_is_a_sitemap(pack: Callable[[bytes], bytes]) -> None:
    lines = f"\ufeff{STORY}?utm_source=x\r\n\r\nhttps://warta.example/tanam\nhttps://warta.example:rusak/\n"
    assert urls(read(pack(lines.encode()))) == [STORY, "https://warta.example/tanam"]


def test_utf8_that_is_valid_beats_a_wrong_declaration() -> None:
    news = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    entry = f"<loc>{STORY}</loc><n:news {news}><n:title>Panen – “raya”</n:title></n:news>"
    for declared in ("", '<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0" encoding="rusak"?>'):
        assert read(declared + urlset(entry)).candidates[0].title == "Panen – “raya”"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_read_as_the_file_says(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>' + urlset(f"<loc>{STORY}-é</loc>")
    assert urls(read(xml.encode(encoding))) == [f"{STORY}-%C3%A9"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("Halaman tidak ada", "no XML and no list", id="words"),
        pytest.param("", "no XML", id="nothing"),
        pytest.param("<html><body>Beranda</body></html>", "<html>", id="HTML"),
        pytest.param('<rss version="2.0"><channel/></rss>', "<rss>", id="a feed"),
    ],
)
def test_what_is_no_sitemap_is_refused_by_what_it_is(body: str, words: str) -> None:
    with pytest.raises(SeedError, match=words):
        read(body)


def test_entities_are_not_expanded() -> None:
    kind = '<!DOCTYPE urlset [<!ENTITY kata "ha"><!ENTITY kalimat "&kata;-&kata;">]>'
    found = urls(read(kind + urlset(f"<loc>{STORY}</loc>", "<loc>/&kalimat;</loc>")))
    assert found[0] == STORY
    assert not [url for url in found if "ha-ha" in url]


def test_external_entity_is_not_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi-rahasia", encoding="utf-8")
    xml = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + urlset(f"<loc>{STORY}?&x;</loc>")
    assert "isi-rahasia" not in "".join(urls(read(xml)))


def test_no_more_entries_are_read_than_a_sitemap_may_have() -> None:
    found = read_sitemap(urlset(*["<loc>/a</loc>"] * 25).encode(), URL, "Asia/Makassar", most=20)
    assert len(found.candidates) == 20
    assert found.is_cut


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("post-sitemap.xml", True, id="SEO plugin"),
        pytest.param("post-sitemap12.xml.gz", True, id="SEO plugin, numbered and packed"),
        pytest.param("posts-2025-07.xml", None, id="by month"),
        pytest.param("wp-sitemap-posts-post-1.xml", True, id="WordPress core"),
        pytest.param("news-sitemap.xml", True, id="news"),
        pytest.param("sitemap-berita.xml", True, id="berita"),
        pytest.param("wp-sitemap-posts-page-1.xml", False, id="core's pages"),
        pytest.param("page-sitemap.xml", False, id="pages"),
        pytest.param("category-sitemap.xml", False, id="categories"),
        pytest.param("post_tag-sitemap.xml", False, id="tags"),
        pytest.param("wp-sitemap-users-1.xml", False, id="people"),
        pytest.param("author-sitemap.xml", False, id="authors"),
        pytest.param("sitemap.xml", None, id="does not say"),
        pytest.param("sitemap-1.xml", None, id="a number does not say"),
    ],
)
def test_name_of_a_sitemap_tells_whether_it_lists_posts(name: str, expected: bool | None) -> None:
    url = f"https://berita.example/{name}"
    assert lists_posts(url) is expected
    assert read(urlset("<loc>/a</loc>"), url).candidates[0].is_post is expected
