"""Feeds as seeds: RSS and Atom, times, WordPress' number in the guid, and an HTML page in a feed's place."""

from datetime import UTC, datetime

import pytest

from kickcrawl.article import Candidate, Claim, Moment
from kickcrawl.discovery.feed import feed_page_url, read_feed, read_feed_page
from kickcrawl.errors import SeedError

URL = "https://warta.example/feed/"
PUBLISHED = Moment(datetime(2025, 7, 14, 1, 30, tzinfo=UTC), 480)
ITEM = """<title>Panen Raya</title><link>https://warta.example/panen-raya?utm_source=rss</link>
<dc:creator>Siti Rahma</dc:creator><pubDate>Mon, 14 Jul 2025 09:30:00 +0800</pubDate>
<guid isPermaLink="false">https://warta.example/?p=417</guid>"""
ENTRY = """<title type="html">Panen &#8220;Raya&#8221;</title><id>https://warta.example/?p=417</id>
<link rel="alternate" type="text/html" href="https://warta.example/panen-raya"/><author><name>Siti Rahma</name></author>
<published>2025-07-14T01:30:00Z</published><updated>2025-07-15T02:00:00Z</updated>"""


def rss(*items: str) -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Warta Uji</title>{inside}</channel></rss>"
    ).encode()


def atom(*entries: str) -> bytes:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Warta Uji</title>{inside}</feed>'.encode()


def read(body: bytes) -> Candidate:
    (found,) = read_feed(body, URL)
    return found


def test_rss_item_becomes_a_candidate() -> None:
    assert read(rss(ITEM)) == Candidate(
        url="https://warta.example/panen-raya",
        seed="feed",
        title="Panen Raya",
        published=PUBLISHED,
        native_id="417",
        is_post=True,
        claims=(
            Claim(field="title", value="Panen Raya", source="feed"),
            Claim(field="authors", value=("Siti Rahma",), source="feed"),
            Claim(field="published_at", value=PUBLISHED, source="feed"),
        ),
    )


def test_atom_entry_becomes_a_candidate_with_the_time_of_its_edit() -> None:
    found = read(atom(ENTRY))
    assert (found.url, found.title, found.native_id) == ("https://warta.example/panen-raya", "Panen “Raya”", "417")
    assert found.published == Moment(PUBLISHED.at, 0)
    assert found.modified == Moment(datetime(2025, 7, 15, 2, tzinfo=UTC), 0)
    assert Claim(field="authors", value=("Siti Rahma",), source="feed") in found.claims


def test_html_title_of_an_atom_entry_is_plain_text() -> None:
    title = '<title type="html"><![CDATA[Panen &#8220;Raya&#8221;]]></title><link href="/panen"/>'
    assert read(atom(title)).title == "Panen “Raya”"


def test_rss_item_without_a_time_of_edit_has_none() -> None:
    assert read(rss(ITEM)).modified is None


@pytest.mark.parametrize(
    ("guid", "native_id"),
    [
        pytest.param("https://warta.example/?p=417", "417", id="plain permalink"),
        pytest.param("https://warta.example/?post_type=liputan&amp;p=417", "417", id="own kind of post"),
        pytest.param("https://warta.example/panen-raya", None, id="address"),
        pytest.param("tag:warta.example,2025:417", None, id="tag"),
        pytest.param("https://warta.example/?page=417", None, id="another parameter"),
    ],
)
def test_wordpress_number_is_read_from_the_guid(guid: str, native_id: str | None) -> None:
    assert read(rss(ITEM.replace("https://warta.example/?p=417", guid))).native_id == native_id


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("Panen &#8220;Raya&#8221;", "Panen “Raya”", id="entities"),
        pytest.param("&lt;b&gt;Panen&lt;/b&gt; Raya", "Panen Raya", id="marks"),
        pytest.param("  Panen\n  Raya ", "Panen Raya", id="white space"),
        pytest.param("<![CDATA[Panen & Raya]]>", "Panen & Raya", id="CDATA"),
        pytest.param("", None, id="empty"),
        pytest.param(
            "<![CDATA[Panen &#8220;Raya&#8221;]]>",
            "Panen “Raya”",
            id="entities in CDATA",
        ),
    ],
)
def test_title_of_an_item_is_plain_text(written: str, title: str | None) -> None:
    assert read(rss(f"<title>{written}</title><link>/panen-raya</link>")).title == title


@pytest.mark.parametrize(
    "item",
    [
        pytest.param("<title>Panen</title>", id="no link"),
        pytest.param("<link></link>", id="empty link"),
        pytest.param("<link>mailto:a@warta.example</link>", id="no web address"),
    ],
)
def test_item_without_a_web_address_is_left_out(item: str) -> None:
    assert [found.url for found in read_feed(rss(item, ITEM), URL)] == ["https://warta.example/panen-raya"]


def test_items_keep_the_feeds_order_and_relative_links_are_the_feeds_own() -> None:
    feed = rss("<link>/b</link>", "<link>/a</link>")
    assert [found.url for found in read_feed(feed, URL)] == ["https://warta.example/b", "https://warta.example/a"]


@pytest.mark.parametrize("host", ["warta.example", "warta.today"])
@pytest.mark.parametrize("form", ["redaksi@{} (Siti Rahma)", "Siti Rahma &lt;redaksi@{}&gt;"])
def test_author_beside_an_address_is_named(form: str, host: str) -> None:
    found = read(rss(f"<link>/a</link><author>{form.format(host)}</author>"))
    assert Claim(field="authors", value=("Siti Rahma",), source="feed") in found.claims


@pytest.mark.parametrize("host", ["warta.com", "warta.today"])
def test_address_in_place_of_an_author_is_no_name(host: str) -> None:
    found = read(rss(f"<link>/a</link><author>redaksi@{host}</author>"))
    assert "authors" not in [claim.field for claim in found.claims]


def test_time_that_is_none_is_missing() -> None:
    assert read(rss("<link>/a</link><pubDate>kemarin sore</pubDate>")).published is None


def test_page_without_a_time_in_a_feed_of_all_pages_is_not_sure_to_be_a_post() -> None:
    """Hugo's feed of the whole site has "About us", too, with the time that Go calls zero."""
    item = "<link>https://warta.example/{}/</link><pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>"
    assert read(rss(item.format("tentang-kami"))).is_post is None
    assert read(rss("<link>https://warta.example/panen-raya/</link>")).is_post is True


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        pytest.param("Mon, 14 Jul 2025 09:30:00 +0800", 480, id="RFC 822"),
        pytest.param("Mon, 14 Jul 2025 09:30:00", 480, id="no zone is the outlet's"),
        pytest.param("Senin, 14 Juli 2025 08:30 WIB", 420, id="words and WIB"),
        pytest.param("Sen, 14 Jul 2025 10:30:00 WIT", 540, id="WIT"),
        pytest.param("2025-07-14 09:30:00", 480, id="ISO without zone"),
        pytest.param("2025-07-14T01:30:00Z", 0, id="UTC"),
    ],
)
def test_time_of_an_item_is_read_from_its_own_text_and_keeps_its_offset(written: str, offset: int) -> None:
    (found,) = read_feed(
        rss(f"<link>/a</link><pubDate>{written}</pubDate>"), URL, timezone="Asia/Makassar", language="id"
    )
    assert found.published == Moment(PUBLISHED.at, offset)
    assert Claim(field="published_at", value=Moment(PUBLISHED.at, offset), source="feed") in found.claims


@pytest.mark.parametrize("year", ["0026", "1796", "1970", "2097"])
def test_year_that_cannot_be_is_no_time_in_rss_nor_in_atom(year: str) -> None:
    assert read(rss(f"<link>/a</link><pubDate>Mon, 14 Jul {year} 09:30:00 +0800</pubDate>")).published is None
    entry = f"<link href='/a'/><published>{year}-07-14T09:30:00Z</published><updated>{year}-07-15T09:30:00Z</updated>"
    found = read(atom(entry))
    assert (found.published, found.modified) == (None, None)


def test_only_time_of_an_rss_1_item_is_when_it_was_published() -> None:
    found = read(rss("<link>/a</link><dc:date>2025-07-14T09:30:00+08:00</dc:date>"))
    assert (found.published, found.modified) == (PUBLISHED, None)


def test_one_time_written_in_two_zones_is_no_edit() -> None:
    times = "<published>2025-07-14T09:30:00+08:00</published><updated>2025-07-14T01:30:00Z</updated>"
    found = read(atom(f"<link href='/a'/>{times}"))
    assert found.published == found.modified == PUBLISHED


def test_feed_without_items_is_a_feed() -> None:
    assert read_feed(rss(), URL) == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<!DOCTYPE html><html><body><h1>Beranda</h1></body></html>", id="HTML"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"Not found", id="words"),
        pytest.param(b"https://warta.example/jahat.xml", id="an address is not fetched"),
        pytest.param(b"/etc/passwd", id="a path is not opened"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(SeedError, match="no feed"):
        read_feed(body, URL)


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        pytest.param(URL, 1, URL, id="first"),
        pytest.param(URL, 2, URL + "?paged=2", id="second"),
        pytest.param(URL + "?orderby=modified", 3, URL + "?orderby=modified&paged=3", id="beside a parameter"),
        pytest.param(URL + "?paged=2", 3, URL + "?paged=3", id="from the page before"),
        pytest.param(URL + "?paged=2", 1, URL, id="back to the first"),
    ],
)
def test_further_page_of_a_feed_has_its_number_as_parameter(url: str, page: int, expected: str) -> None:
    assert feed_page_url(url, page) == expected


JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Warta Uji", "home_page_url": "https://warta.example/",
"items": [{"id": "https://warta.example/?p=417", "url": "https://warta.example/panen", "title": "Panen &amp; Raya",
"external_url": "https://lain.example/", "date_published": "2025-07-14T09:30:00+08:00", "authors": [{"name": "Siti"}]},
{"id": 7, "title": null, "url": "/tanam", "date_modified": 5, "authors": [3, {"name": null}]}, "x", {"title": "y"}]}"""


def test_json_feed_is_read_as_the_others() -> None:
    first, second = read_feed(JSON.encode(), URL)
    assert (first.url, first.title, first.native_id) == ("https://warta.example/panen", "Panen & Raya", "417")
    assert (first.published, first.modified) == (PUBLISHED, None)
    assert Claim(field="authors", value=("Siti",), source="feed") in first.claims
    assert (second.url, second.title, second.claims) == ("https://warta.example/tanam", None, ())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{", id="cut off"),
        pytest.param('{"version": "2", "items": []}', id="another format"),
        pytest.param("[]", id="a list"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"a":' * 100_000, id="deep objects"),
    ],
)
def test_other_json_is_no_feed(body: str) -> None:
    with pytest.raises(SeedError, match="no feed"):
        read_feed(body.encode(), URL)


def wording(body: bytes) -> object:
    return next((claim.value for claim in read(body).claims if claim.field == "wording"), None)


def test_wording_is_that_of_the_text_whatever_its_markup_and_form_of_feed() -> None:
    text = "&lt;p class=a&gt;Warga panen &lt;b&gt;padi&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Harga naik.&lt;/p&gt;"
    same = text.replace("class=a", "id=n71")
    told = wording(rss(f"{ITEM}<description>{text}</description>"))
    assert told == wording(rss(f"{ITEM}<description>{same}</description>")) is not None
    assert told == wording(atom(f"{ENTRY.replace('&#8220;Raya&#8221;', 'Raya')}<content type='html'>{text}</content>"))
    assert told != wording(rss(f"{ITEM}<description>{text.replace('naik', 'turun')}</description>"))


def test_excerpt_has_no_wording() -> None:
    assert wording(rss(f"{ITEM}<description>Warga panen padi. […]</description>")) is None
    assert wording(rss(ITEM)) is None


def test_wording_of_a_json_feed() -> None:
    item = '{"url": "https://warta.example/a", "title": "Panen Raya", "content_html": "<p>Padi.</p>"}'
    assert wording(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'.encode())


LINK_IN_RSS = b"<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='next' href='?hal=2'/>"


@pytest.mark.parametrize(
    ("body", "older"),
    [
        (atom(ENTRY).replace(b"<entry>", b"<link rel='next' href='/feed/2'/><entry>"), "feed/2"),
        (atom(ENTRY).replace(b"<entry>", b"<link rel='prev-archive' href='2026/09'/><entry>"), "feed/2026/09"),
        (atom(ENTRY).replace(b"<entry>", b"<link rel='next' href='https://kabar.example/2'/><entry>"), None),
        (atom(ENTRY).replace(b"<entry>", b"<link rel='next' href='ftp://warta.example/2'/><entry>"), None),
        (atom(ENTRY).replace(b"<entry>", b"<link rel='next' href='https://a:b@warta.example/2'/><entry>"), None),
        (atom(ENTRY.replace("</id>", "</id><link rel='next' href='/panen-lain'/>")), None),
        (rss(ITEM).replace(b"<item>", LINK_IN_RSS + b"<item>"), "feed/?hal=2"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "next_url": "/2.json", "items": []}', "2.json"),
        (rss(ITEM), None),
    ],
)  # fmt: skip
def test_feed_links_to_its_older_entries(body: bytes, older: str | None) -> None:
    expected = f"https://warta.example/{older}" if older else None
    assert read_feed_page(body, URL, 100, "UTC").next_url == expected
