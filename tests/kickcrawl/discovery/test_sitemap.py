"""Sitemaps as seeds: an index, a list, Google's news extension, gzip, and what only pretends to be one."""

import gzip
from collections.abc import Callable
from datetime import datetime

import pytest

from kickcrawl.article import Claim, Moment
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
        pytest.param('{"version": "1"}', "no XML and no list", id="JSON"),
        pytest.param("<kml><Document/></kml>", "<kml>", id="places on a map"),
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
        pytest.param("wp-sitemap-posts-post-1.xml", True, id="WordPress core"),
        pytest.param("news-sitemap.xml", True, id="news"),
        pytest.param("sitemap-berita.xml", True, id="berita"),
        pytest.param("posts-2025-07.xml", None, id="by month"),
        pytest.param("sitemap.xml", None, id="does not say"),
        pytest.param("sitemap-1.xml", None, id="a number does not say"),
        pytest.param("sitemap-page-1.xml", None, id="the first part"),
        pytest.param("sitemap-archive-2025.xml", None, id="old articles"),
        pytest.param("local-news-2025.xml", None, id="a desk"),
        pytest.param("sitemap-user-stories.xml", None, id="readers' stories"),
        pytest.param("tagesmap.xml", None, id="a syllable"),
        pytest.param("image-sitemap-1.xml", None, id="the pages of pictures"),
        pytest.param("video-sitemap.xml", None, id="the pages of films"),
        pytest.param("wp-sitemap-posts-page-1.xml", False, id="core's pages"),
        pytest.param("page-sitemap.xml", False, id="pages"),
        pytest.param("category-sitemap.xml", False, id="categories"),
        pytest.param("post_tag-sitemap.xml", False, id="tags"),
        pytest.param("wp-sitemap-users-1.xml", False, id="people"),
        pytest.param("wp-sitemap-taxonomies-post_tag-2.xml", False, id="core's tags"),
        pytest.param("author-sitemap.xml", False, id="authors"),
        pytest.param("sitemap-tags.xml", False, id="Ghost's tags"),
        pytest.param("sitemap-tax-category.xml", False, id="another plugin's categories"),
    ],
)
def test_name_of_a_sitemap_is_a_hint_which_addresses_of_stories_refute(name: str, expected: bool | None) -> None:
    url = f"https://berita.example/{name}"
    assert lists_posts(url) is expected
    story, section = read(urlset("<loc>/panen-raya-di-sikur</loc>", "<loc>/ekonomi</loc>"), url).candidates
    assert section.is_post is expected
    assert story.is_post is (None if expected is False else expected)


def test_feed_that_is_named_as_sitemap_is_read_as_a_feed_and_is_not_whole() -> None:
    item = f"<title>Panen Raya</title><link>{STORY}</link><pubDate>Mon, 14 Jul 2025 09:30:00 +0800</pubDate>"
    sitemap = read(f'<rss version="2.0"><channel><item>{item}</item></channel></rss>')
    (found,) = sitemap.candidates
    assert (found.url, found.seed, found.title, found.published) == (
        STORY, "sitemap", "Panen Raya", moment("2025-07-14T01:30"),
    )  # fmt: skip
    assert {claim.source for claim in found.claims} == {"feed"}
    assert (sitemap.is_feed, sitemap.is_whole) == (True, False)


@pytest.mark.parametrize("kind", ["atom", "rdf", "packed"])
def test_feeds_of_every_make_are_read_in_a_sitemaps_place(kind: str) -> None:
    body = {
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{STORY}"/></entry></feed>',
        "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<item><link>{STORY}</link></item></rdf:RDF>",
        "packed": f'<rss version="2.0"><channel><item><link>{STORY}</link></item></channel></rss>',
    }[kind].encode()
    sitemap = read(gzip.compress(body) if kind == "packed" else body)
    assert (urls(sitemap), sitemap.is_feed) == ([STORY], True)


ENTRY = f"<loc>{STORY}</loc>"
LIST = urlset(ENTRY, "<loc>/tanam</loc>")


def test_list_and_index_in_one_file_are_both_read() -> None:
    mixed = f"<sitemapindex {NS}><sitemap><loc>/a.xml</loc></sitemap><url>{ENTRY}</url></sitemapindex>"
    assert ([child.url for child in read(mixed).children], urls(read(mixed))) == (
        ["https://warta.example/a.xml"], [STORY],
    )  # fmt: skip


def test_sitemaps_that_a_list_names_as_pages_are_children() -> None:
    sitemap = read(urlset("<loc>/peta-1.xml</loc>", "<loc>/peta-2.xml.gz?v=2</loc>", ENTRY))
    assert [child.url for child in sitemap.children] == [
        "https://warta.example/peta-1.xml", "https://warta.example/peta-2.xml.gz?v=2",
    ]  # fmt: skip
    assert urls(sitemap) == [STORY]


def test_children_on_other_hosts_are_the_callers_to_judge() -> None:
    index = read(f"<sitemapindex {NS}><sitemap><loc>https://cdn.example/a.xml</loc></sitemap></sitemapindex>")
    assert [child.url for child in index.children] == ["https://cdn.example/a.xml"]


def test_more_entries_than_are_to_be_read_are_told() -> None:
    assert read_sitemap(LIST.encode(), URL, "UTC", 1).is_cut
    assert read_sitemap(f"{STORY}\n{STORY}-2\n".encode(), URL, "UTC", 1).is_cut


def test_remarks_in_a_list_of_lines_are_no_addresses() -> None:
    assert urls(read(f"# peta situs\n{STORY}\n")) == [STORY]


def test_list_of_lines_in_utf16_is_read() -> None:
    assert urls(read(f"{STORY}\r\n".encode("utf-16"))) == [STORY]


def test_day_as_lastmod_lasts_until_its_end_in_the_outlets_zone() -> None:
    day, month, exact = read(
        urlset(
            *(f"{ENTRY}<lastmod>{text}</lastmod>" for text in ("2025-07-14", "2025-07", "2025-07-14T09:30:00+08:00"))
        )
    ).candidates
    assert (day.modified, day.modified_until) == (moment("2025-07-13T16:00"), moment("2025-07-14T16:00").at)
    assert (month.modified, month.modified_until) == (moment("2025-06-30T16:00"), moment("2025-07-31T16:00").at)
    assert (exact.modified, exact.modified_until) == (moment("2025-07-14T01:30"), None)


def test_midnights_of_a_whole_file_are_days() -> None:
    entries = [f"{ENTRY}<lastmod>2025-07-{day}T00:00:00+00:00</lastmod>" for day in (14, 15, 16)]
    assert read(urlset(*entries)).candidates[0].modified_until == moment("2025-07-14T16:00").at
    mixed = [*entries, f"{ENTRY}<lastmod>2025-07-16T09:30:00+00:00</lastmod>"]
    assert read(urlset(*mixed)).candidates[0].modified_until is None


NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def news(written: str, title: str = "Panen Raya") -> str:
    tags = f"<n:publication_date>{written}</n:publication_date><n:title>{title}</n:title>"
    return urlset(f"{ENTRY}<n:news {NEWS}>{tags}</n:news>")


@pytest.mark.parametrize(
    ("written", "offset"),
    [("2025-07-14T09:30:00+08:00", 480), ("2025-07-14T01:30:00Z", 0), ("2025-07-14 08:30:00 WIB", 420)],
)
def test_news_sitemap_claims_title_and_exact_time(written: str, offset: int) -> None:
    (found,) = read(news(written)).candidates
    assert found.claims == (
        Claim(field="title", value="Panen Raya", source="sitemap"),
        Claim(field="published_at", value=moment("2025-07-14T01:30", offset), source="sitemap"),
    )


@pytest.mark.parametrize("written", ["2025-07-14", "", "kemarin", "0026-07-14T09:30:00+08:00", "2097-01-01T00:00:00Z"])
def test_news_sitemap_claims_no_time_that_it_does_not_know(written: str) -> None:
    (found,) = read(news(written, "")).candidates
    assert found.claims == ()
