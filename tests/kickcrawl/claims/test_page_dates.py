"""When a story was published, where the usual tags do not say so."""

import json
from datetime import UTC, datetime

import lxml.html
import pytest

from kickcrawl.article import Claim, Field, Moment, SiteRules, Source
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.claims.page_dates import _on_day
from kickcrawl.claims.seen_days import seen_days
from kickcrawl.claims.stated_times import read_stated, stated_in_json_ld, stated_in_scripts
from kickcrawl.dates import day_in_path
from kickcrawl.page.parsed import ParsedPage, page_of_tree

URL = "https://warta.example/panen-raya"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>" * 3
DAY = "2025-07-14"


def page(html: str, url: str = URL) -> ParsedPage:
    return page_of_tree(lxml.html.document_fromstring(html), url, SITE)


def published(
    head: str = "", body: str = "", url: str = URL, known: tuple[Claim, ...] = ()
) -> tuple[Source, str] | None:
    """Return the source that is believed and the day that it says, by the outlet's clock."""
    read = page(f"<html><head><title>Panen Raya</title>{head}</head><body>{body}</body></html>", url)
    chosen = choose([*known, *read_claims(read, known)], "published_at")
    if chosen is None or not isinstance(chosen.value, Moment):
        return None
    return chosen.source, datetime.fromtimestamp(chosen.value.at.timestamp() + 8 * 3600).date().isoformat()


def story(beside: str = "", before: str = "", after: str = "") -> str:
    return f"{before}<article><h1>Panen Raya di Jonggat</h1>{beside}{TEXT}</article>{after}"


def ld(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="DC.date.issued" content="2025-07-14">',
        '<meta name="dcterms.created" content="2025-07-14T09:30:00+08:00">',
        '<meta name="publishdate" content="20250714">',
        '<meta property="og:article:published_time" content="2025-07-14 09:30">',
        '<meta name="article:published:time" content="2025-07-14T09:30:00+08:00">',
        '<meta name="pubdate" content="Mon Jul 14 09:30:00 2025">',
        '<meta name="citation_publication_date" content="2025/07/14">',
        '<meta name="sailthru.date" content="July 14, 2025">',
        '<meta name="ptime" content="20250714093000">',
        '<meta name="article_date_original" content="Monday, July 14, 2025, 9:30 AM">',
        '<meta name="weibo:article:create_at" content="2025-07-14 09:30:00">',
        '<meta name="cXenseParse:recs:publishtime" content="1752456600">',
    ],
)
def test_meta_tag_of_another_name_says_when(head: str) -> None:
    assert published(head, story()) == ("meta", DAY)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="article:modified_date" content="2025-07-14">',
        '<meta name="expirationdate" content="2025-07-14">',
        '<meta name="publisher" content="2025-07-14">',
        '<meta name="publishdate" content="2025">',
        '<meta name="publishdate" content="2199-07-14">',
    ],
    ids=["modified", "expires", "publisher", "a year alone", "future"],
)
def test_meta_tag_that_says_something_else_is_not_asked(head: str) -> None:
    assert published(head, story()) is None


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "WebPage", "datePublished": DAY},
        {"@type": "VideoObject", "uploadDate": DAY},
        {"@graph": [{"@type": "ImageObject", "uploadDate": "2019-01-02"}, {"@type": "Recipe", "dateCreated": DAY}]},
        {"@type": "WebPage", "mainEntity": {"@type": "ClaimReviewPage", "datePublished": DAY}},
    ],
    ids=["page", "video", "recipe beside a picture", "main entity"],
)
def test_json_ld_of_what_is_no_article_says_when(node: object) -> None:
    assert published(ld(node), story()) == ("json-ld", DAY)


def test_machines_day_that_could_be_two_is_none() -> None:
    assert (read_stated("04/05/2025", "UTC"), read_stated("2025", "UTC")) == (None, None)
    assert read_stated("14/05/2025", "UTC") == Moment(datetime(2025, 5, 14, tzinfo=UTC), 0)


def test_json_ld_of_several_days_says_nothing() -> None:
    node = {"@graph": [{"@type": "WebPage", "datePublished": DAY}, {"@type": "Recipe", "datePublished": "2024-01-02"}]}
    assert stated_in_json_ld(page(ld(node))) is None


@pytest.mark.parametrize(
    "beside",
    [
        '<span property="schema:dateCreated" content="2025-07-14T09:30:00+08:00"></span>',
        '<div itemprop="datePublished" datetime="2025-07-14">kemarin</div>',
        '<span itemprop="datePublished">14.07.2025</span>',
        '<span class="date" data-timestamp="1752456600">3 hari lalu</span>',
        '<span class="waktu-tayang time" data-time="2025-07-14T09:30:00+08:00">3 hari lalu</span>',
    ],
)
def test_rdfa_and_microdata_say_when(beside: str) -> None:
    assert published(body=story(beside)) == ("markup", DAY)


@pytest.mark.parametrize("name", ["updated", "last-update", "countdown-timer", "event-date", "player-time"])
def test_time_for_a_script_of_another_name_is_not_the_publish_time(name: str) -> None:
    assert published(body=story(f'<span class="{name}" data-timestamp="1752456600">3 hari lalu</span>')) is None


def test_comments_property_is_none_of_the_story() -> None:
    comment = '<div class="comment"><span property="dateCreated" content="2025-07-14"></span></div>'
    assert published(body=story(after=comment)) is None


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Senin, 14 Juli 2025 | 09:30 WITA</p>",
        '<div class="byline">Siti Rahma<br>14/07/2025</div>',
        '<span class="tanggal" title="14.07.2025">kemarin</span>',
        '<span data-date-time="2025-07-14 20:06:13">kemarin</span>',
        "<p>MATARAM (14/7/2025) – " + "Petani di Jonggat memanen padi lebih awal tahun ini. " * 5 + "</p>",
        "<p>Diperbarui 16 Juli 2025, terbit 14 Juli 2025</p>",
    ],
    ids=["line", "byline", "title", "data", "dateline", "beside an update"],
)
def test_day_beside_the_headline_is_the_storys(beside: str) -> None:
    assert published(body=story(beside)) == ("visible", DAY)


@pytest.mark.parametrize(
    "body",
    [
        story("<p>Diperbarui: 14 Juli 2025</p>"),
        story("<p>Warga ingat banjir 14 Juli 2025 yang merendam sawah, jalan, pasar dan sekolah di tiga desa itu.</p>"),
        story('<figcaption class="wp-caption">Sawah, 14 Juli 2025</figcaption>' + "<p>x</p>" * 3),
        story(before='<div class="top-bar">Senin, 14 Juli 2025</div><ul>' + "<li>Menu</li>" * 5 + "</ul>"),
        story(before='<div class="today">14 Juli 2025</div>'),
        story(after="<footer>© 14 Juli 2025 Warta Uji</footer>"),
        story("<time>09:30</time><time>2 jam lalu</time>"),
        story(after="<footer>© 2025 Warta Uji</footer>"),
    ],
    ids=["update", "prose", "caption", "banner", "today", "copyright", "no day", "a year"],
)
def test_day_of_something_else_is_not_the_storys(body: str) -> None:
    assert published(body=body) is None


def test_readers_comment_has_no_day_of_the_story() -> None:
    comment = '<div class="comments"><p class="date">14 Juli 2025</p></div>'
    assert seen_days(page(story(after=comment)), "id", "") == []


def test_elements_of_one_look_with_several_days_are_a_list() -> None:
    cards = "".join(f'<div class="card"><span class="date">{day} Juli 2025</span></div>' for day in (1, 5, 9))
    assert seen_days(page(story(after=cards)), "id", "") == []
    assert published(body=story(after='<div class="card"><span class="date">14 Juli 2025</span></div>')) == (
        "visible",
        DAY,
    )


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://w.example/2017/7/12/judul", datetime(2017, 7, 12)),
        ("https://w.example/20200428/judul", datetime(2020, 4, 28)),
        ("https://w.example/2022-01-23-judul.html", datetime(2022, 1, 23)),
        ("https://w.example/judul-23-01-2022.html", None),
        ("https://w.example/2020-02-31/judul", None),
        ("https://w.example/id-1202004281", None),
        ("https://w.example/?d=2020-04-28", None),
    ],
)
def test_day_in_a_path_is_whole(url: str, day: datetime | None) -> None:
    assert day_in_path(url) == day


def test_day_behind_words_of_the_path_counts_only_where_nothing_else_is_known() -> None:
    url = "https://warta.example/upacara-17-08-2025"
    assert day_in_path(url, in_slug=True) == datetime(2025, 8, 17)
    assert published(body=story(), url=url) == ("url", "2025-08-17")
    assert published(body=story("<p>14 Juli 2025</p>"), url=url) == ("visible", DAY)


def test_address_overrules_a_day_that_the_page_shows_and_takes_the_hour_of_the_same() -> None:
    url = "https://warta.example/20250714/panen"
    assert published(body=story("<p>15 Juli 2025</p>"), url=url) == ("url", DAY)
    assert published(body=story("<p>14 Juli 2025, 21:30</p>"), url=url) == ("visible", DAY)


def test_hour_of_the_day_beside_that_in_the_address_is_of_another_zone() -> None:
    url = "https://warta.example/2025/07/14/panen"
    assert published(body=story("<p>15 Juli 2025, 01:30 WIT</p>"), url=url) == ("visible", "2025-07-15")
    assert published(body=story("<p>17 Juli 2025, 01:30 WIT</p>"), url=url) == ("url", DAY)


def test_data_of_scripts_speaks_when_it_names_one_day_only() -> None:
    one = f'<script>var data = {{"publishedAt":"{DAY}T09:30:00+08:00"}}</script>'
    assert published(body=story() + one) == ("page", DAY)
    assert stated_in_scripts(page(one + one.replace(DAY, "2024-01-02"))) is None


def test_json_ld_of_other_articles_says_nothing_of_this_one() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Harga Cabai Naik",
        "url": "/cabai",
        "datePublished": f"{DAY}T09:30:00Z",
    }
    assert published(head=ld(other), body=story()) is None
    assert published(head=ld({"@type": "ItemList", "itemListElement": [other]}), body=story()) is None


def test_address_that_begins_with_a_later_day_is_about_that_day() -> None:
    url = "https://warta.example/17-08-2026-upacara"
    assert published(body=story("<p class=waktu>14 Juli 2025</p>"), url=url) == ("visible", DAY)


def test_htmldate_is_the_last_witness_and_not_asked_about_what_was_changed() -> None:
    picture = '<meta property="og:image" content="https://w.example/2025/07/14/sawah.jpg">'
    assert published(picture, story()) == ("page", DAY)
    changed = '<meta property="article:modified_time" content="2025-07-14T09:30:00+08:00">'
    assert published(picture + changed, story()) is None


def test_htmldate_is_not_believed_where_the_address_says_another_month() -> None:
    picture = '<meta property="og:image" content="https://w.example/files/2025/07/14/sawah.jpg">'
    assert published(picture, story(), url="https://warta.example/2025/07/panen-raya/") == ("page", DAY)
    assert published(picture, story(), url="https://warta.example/2025/11/panen-raya/") is None


def test_nothing_more_is_asked_where_a_seed_or_a_tag_has_said_it() -> None:
    field: Field = "published_at"
    seed = Claim(field=field, value=Moment(datetime.fromisoformat("2025-07-12T09:00:00+00:00"), 480), source="sitemap")
    assert published(body=story("<p>14 Juli 2025</p>"), known=(seed,)) == ("sitemap", "2025-07-12")
    tag = '<meta property="article:published_time" content="2025-07-13">'
    tagged = page(f"<html><head>{tag}</head><body>{story('<p>14 Juli 2025</p>')}</body></html>")
    made = [c.source for c in read_claims(tagged) if c.field == field]
    assert made == ["meta"]


def test_times_of_teasers_and_comments_are_no_claims() -> None:
    own = f'<time datetime="{DAY}">14 Juli</time>'
    card = '<a href="/lain"><h3>Harga bawang di Mataram turun lagi</h3><time datetime="2025-07-15">15 Juli</time></a>'
    comment = '<ol class="comment-list"><li><time datetime="2025-07-16">16 Juli</time></li></ol>'
    assert published(body=story(before=card, beside=own, after=comment)) == ("markup", DAY)
    assert published(body=story('<time itemprop="dateModified" datetime="2025-07-15">15 Juli</time>')) is None


@pytest.mark.parametrize(
    "body",
    [
        "<div " + " ".join(f'data-date{n}="1.2.2025"' for n in range(500)) + ">x</div>",
        '<p class="date">x</p>' * 500,
        "<p>" + "11/11/2" * 500 + "</p>",
        '<script>"publishedAt"' + '"created' * 500 + "</script>",
    ],
    ids=["attributes", "elements", "figures", "script"],
)
def test_page_full_of_what_is_nearly_a_day_has_none(body: str) -> None:
    assert published(body=f"<h1>Panen</h1>{body}") is None


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param("2025-07-14T19:43:00+00:00", "2025-07-14T19:43:00", id="the day would be another one"),
        pytest.param("2025-07-14T09:30:00+00:00", "2025-07-14T09:30:00+00:00", id="the day is the same"),
        pytest.param("2025-07-14T23:30:00+07:00", "2025-07-14T23:30:00+07:00", id="an offset that is meant"),
        pytest.param("2025-07-14T19:43:00", "2025-07-14T19:43:00", id="no offset"),
    ],
)
def test_offset_of_zero_does_not_move_an_article_off_the_day_in_its_address(stated: str, expected: str) -> None:
    written = datetime.fromisoformat(stated)
    assert _on_day(written, "Asia/Makassar", datetime(2025, 7, 14)) == datetime.fromisoformat(expected)
    assert _on_day(written, "Asia/Makassar", None) == written


ENTRY = (
    '<li class="{}"><div><h3><a href="/panduan-mudik">Panduan Mudik dan Titik Istirahat</a></h3>'
    '<div class="{}"><a href="/panduan-mudik"><time datetime="2025-07-03T06:02:31+08:00">3 Juli 2025</time></a></div>'
    "</div></li>"
)


@pytest.mark.parametrize(
    ("item", "date"), [("wp-block-post post-43", "wp-block-post-date"), ("", ""), ("x", "post-date")]
)
@pytest.mark.parametrize("times", [1, 2, 5])
def test_no_day_is_taken_from_an_entry_that_links_to_another_article(item: str, date: str, times: int) -> None:
    entries = "".join(ENTRY.format(item, date).replace("-mudik", f"-mudik-{n}") for n in range(times))
    body = f"<main><h1>Panen Raya di Jonggat</h1>{TEXT}<h2>More posts</h2><ul>{entries}</ul></main>"
    assert published(body=body) is None
    assert published(body=body.replace("</h1>", f"</h1><time datetime='{DAY}'></time>")) == ("markup", DAY)


def test_day_that_is_the_whole_slug_gives_way_to_what_readers_see() -> None:
    url = "https://warta.example/meldungen/12-07-2025"
    assert published(body=story("<p>Ditulis: Senin, 14 Juli 2025</p>"), url=url) == ("visible", DAY)
    assert published(body=story(), url=url) == ("url", "2025-07-12")


def test_day_that_is_the_whole_slug_and_the_topic_of_the_headline_is_no_publish_day() -> None:
    body = story().replace("Panen Raya di Jonggat", "12 Juli di Pulau Terluar")
    assert published(body=body, url="https://warta.example/12-07-2025") is None


def test_no_day_is_taken_from_readers_comments() -> None:
    comment = '<div class="wp-block-comment-date"><time datetime="2025-07-15T09:30:00+08:00">15 Juli 2025</time></div>'
    body = f'<main><h1>Panen Raya di Jonggat</h1>{TEXT}<div class="wp-block-comments"><div>{comment}</div></div></main>'
    assert published(body=body) is None
