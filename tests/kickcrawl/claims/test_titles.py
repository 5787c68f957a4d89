"""The headline, bare of topic and section where another title of the page goes without; whole; and no other's."""

from time import process_time

import lxml.html
import pytest

from kickcrawl.article import Claim, SiteRules, Source
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.claims.title_evidence import TitleEvidence
from kickcrawl.claims.titles import bare_titles, judge_titles, strip_topic
from kickcrawl.page.parsed import page_of_tree

URL = "https://warta.example/ekonomi/40"
SITE = SiteRules(slug="warta", name="Warta Lombok", language="id", timezone="Asia/Makassar")
OWN = ["Warta Lombok", "warta.example"]
MENU = '<nav><a href="/">Beranda</a><a href="/ekonomi">Ekonomi &amp; Bisnis</a></nav>'
TEXT = "<p>Petani cabai di Jonggat menjual hasil panen mereka lebih murah daripada musim lalu, kata ketua kelompok.</p>"
HEADLINE = "Petani Cabai Lombok Merugi"


def judge(claims: list[Claim], own: list[str], *, is_news: bool = True, body: str = MENU + TEXT) -> list[Claim]:
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    return judge_titles(claims, own, TitleEvidence(page_of_tree(root, URL, SITE), own), is_news=is_news)


def judged(*said: tuple[Source, str], is_news: bool = True) -> list[tuple[str, str]]:
    claims = [Claim(field="title", value=title, source=source) for source, title in said]
    return [(claim.source, str(claim.value)) for claim in judge(claims, OWN, is_news=is_news)]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Warta Lombok", id="the site"),
        pytest.param("Lombok", id="the region that is in its name"),
        pytest.param("Ekonomi & Bisnis - Warta Lombok", id="a section"),
        pytest.param("Beranda | Ekonomi & Bisnis | Warta Lombok", id="a path of sections"),
        pytest.param("Terdepan dan Terpercaya | Warta Lombok", id="a slogan"),
        pytest.param("x", id="a letter"),
    ],
)
def test_title_that_says_nothing_of_the_article_goes(title: str) -> None:
    assert judged(("json-ld", title), ("meta", title), ("markup", HEADLINE), ("html", title)) == [("markup", HEADLINE)]


def test_headline_that_is_about_something_else_goes() -> None:
    said: list[tuple[Source, str]] = [("meta", HEADLINE), ("markup", "Terdepan dan Terpercaya"), ("html", HEADLINE)]
    assert judged(*said) == [("meta", HEADLINE), ("html", HEADLINE)]


def test_only_title_stays_whatever_it_says() -> None:
    assert judged(("html", "Ekonomi & Bisnis - Warta Lombok")) == [("html", "Ekonomi & Bisnis")]


@pytest.mark.parametrize(
    "cut",
    [
        "Petani Cabai Lombok Merugi…",
        "Petani Cabai Lombok Merugi ...",
        "Petani Cabai Lombok Merugi [...]",
        "Petani Cabai Lombok Merugi karena Hu",
        "Petani Cabai Lombok Merugi karena Hujan Turun Lebih Awal daripada",
    ],
)
def test_title_that_was_cut_short_is_the_whole_headline(cut: str) -> None:
    whole = "Petani Cabai Lombok Merugi karena Hujan Turun Lebih Awal daripada Musim Lalu"
    assert judged(("json-ld", cut), ("markup", whole))[0] == ("json-ld", whole)


def test_title_that_a_desk_made_shorter_stays() -> None:
    assert judged(("json-ld", "Petani Cabai Merugi"), ("markup", "Petani Cabai Merugi karena Hujan"))[0] == (
        "json-ld", "Petani Cabai Merugi",
    )  # fmt: skip


def test_headline_that_readers_see_goes_before_json_ld_where_the_page_is_no_news_article() -> None:
    said: list[tuple[Source, str]] = [("json-ld", "Cabai Lombok: 5 Fakta"), ("markup", HEADLINE)]
    assert judged(*said)[0][0] == "json-ld"
    assert judged(*said, is_news=False) == [("markup", HEADLINE)]


def test_headline_in_capitals_is_spelled_as_elsewhere() -> None:
    assert judged(("markup", HEADLINE.upper()), ("meta", HEADLINE))[0] == ("markup", HEADLINE)
    assert judged(("markup", HEADLINE.upper())) == [("markup", HEADLINE.upper())]


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        pytest.param("Harga Cabai: Pedagang mengeluh di pasar", "Pedagang mengeluh di pasar", id="topic and colon"),
        pytest.param("Pasar Selong - Pedagang mengeluh di pasar", "Pedagang mengeluh di pasar", id="topic and dash"),
        pytest.param("Pedagang mengeluh di pasar | Ekonomi", "Pedagang mengeluh di pasar", id="section behind a bar"),
        pytest.param("Pedagang mengeluh di pasar - Ekonomi", None, id="a dash may belong to the headline"),
        pytest.param("Harga Cabai: Pembeli mengeluh di pasar", None, id="no other title says the rest"),
        pytest.param("Foto: Pasar Selong", None, id="too few words to be a headline"),
    ],
)
def test_topic_goes_where_another_title_goes_without(title: str, bare: str | None) -> None:
    assert strip_topic(title, {"pedagangmengeluhdipasar", "pasarselong"}) == (bare or title)


def test_all_titles_of_a_page_are_bare_of_site_and_topic() -> None:
    said: list[tuple[Source, str]] = [
        ("json-ld", "Harga Cabai: Pedagang mengeluh di pasar"),
        ("meta", "Pedagang mengeluh di pasar - Kabar Selong"),
    ]
    claims = [Claim(field="title", value=title, source=source) for source, title in said]
    assert {claim.value for claim in judge(claims, ["Kabar Selong"])} == {"Pedagang mengeluh di pasar"}


def test_title_element_alone_takes_no_topic_from_the_others() -> None:
    said: list[tuple[Source, str]] = [("json-ld", "Cabai: Harga naik lagi"), ("html", "Harga naik lagi")]
    claims = [Claim(field="title", value=title, source=source) for source, title in said]
    assert next(iter(bare_titles(claims))).value == "Cabai: Harga naik lagi"


def test_title_with_lost_signs_stands_back_behind_a_whole_one() -> None:
    assert judged(("json-ld", "Petani Cabai di Gu\ufffd Merugi"), ("markup", HEADLINE)) == [("markup", HEADLINE)]


def test_title_that_all_sources_give_with_lost_signs_stays() -> None:
    lost = "Petani Cabai di Gu\ufffd Merugi"
    assert judged(("json-ld", lost), ("markup", lost)) == [("json-ld", lost), ("markup", lost)]


SHORT, LONG = "Petani Cabai Merugi, Ini Sebabnya", "Petani Cabai di Lombok Merugi karena Hujan Turun Lebih Awal"


def chosen(node: str, og: str, h1: str, title: str, head: str = "") -> str:
    """Return the title of a news article's page."""
    ld = f'<script type="application/ld+json">{{"@type":"NewsArticle",{node}}}</script>' if node else ""
    head += f'<title>{title}</title><meta property="og:title" content="{og}">{ld}'
    html = f"<html><head>{head}</head><body>{MENU}<article><h1>{h1}</h1>{TEXT}</article></body></html>"
    claim = choose(read_claims(page_of_tree(lxml.html.document_fromstring(html), URL, SITE)), "title")
    assert claim is not None
    return str(claim.value)


def test_headline_that_only_search_engines_are_given_gives_way_to_the_articles() -> None:
    assert chosen(f'"headline":"{SHORT}"', LONG, LONG, f"{SHORT} - Warta Lombok") == LONG


@pytest.mark.parametrize(
    ("node", "og", "title"),
    [
        (f'"headline":"{SHORT}","name":"{SHORT} | Warta Lombok"', LONG, SHORT),
        (f'"headline":"{SHORT}"', "Cabai Murah, Petani Lombok Merugi", SHORT),
        (f'"headline":"{SHORT}"', LONG, LONG),
    ],
    ids=["its node has it as a name, too", "networks are told a third one", "the page's title is the article's"],
)
def test_headline_in_json_ld_stays_while_less_speaks_against_it(node: str, og: str, title: str) -> None:
    assert chosen(node, og, LONG, title) == SHORT


def test_headline_is_what_stands_behind_two_different_topics() -> None:
    assert chosen("", f"Harga di Pasar: {LONG}", f"Musim Hujan - {LONG}", f"Harga di Pasar: {LONG}") == LONG
    like = f"Harga cabai: {LONG}"
    assert chosen("", f"Harga Cabai Rawit: {LONG}", like, f"Harga Cabai Rawit: {LONG}") != LONG


def test_title_for_networks_ends_where_the_meta_tag_of_the_headline_does() -> None:
    head = f'<meta name="headline" content="{LONG}">'
    assert chosen("", f"{LONG}-Ekonomi", "Warta", f"{LONG}-EkonomiㅣWarta Lombok", head) == LONG
    assert chosen("", f"{LONG}nya", "Warta", f"{LONG}nya", head) == f"{LONG}nya"


def test_section_in_the_address_is_no_word_for_a_title_that_is_its_name() -> None:
    claims = [
        Claim(field="title", value=title, source=source) for source, title in (("html", "Berita"), ("markup", HEADLINE))
    ]
    root = lxml.html.document_fromstring(f"<html><body>{TEXT}</body></html>")
    page = page_of_tree(root, "https://warta.example/berita/petani-cabai-lombok-merugi", SITE)
    assert TitleEvidence(page, OWN).about_article(claims) == claims[1:]


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} ~ Warta Lombok",
        f"{HEADLINE} / Warta Lombok",
        f"Warta Lombok » {HEADLINE}",
        f"{HEADLINE} - Warta Lombok | Berita Terkini Lombok Hari Ini",
        "Petani <i>Cabai</i> Lombok Merugi | Warta Lombok",
        "Petani Cabai<br/>Lombok Merugi",
    ],
)
def test_headline_is_bare_of_more_signs_a_slogan_and_escaped_markup(title: str) -> None:
    assert judged(("html", title)) == [("html", HEADLINE)]


@pytest.mark.parametrize(
    "title",
    [
        "Cara Memakai <b> di Blog Sekolah",
        "Tiga Puluh Tahun <br> di Blog",
        "Harga 5 < 6 / Jual Cepat",
        f"{HEADLINE} / Warga",
    ],
)
def test_signs_in_a_headline_stay(title: str) -> None:
    assert judged(("html", title)) == [("html", title)]


def test_title_of_the_page_has_more_behind_a_long_headline_than_was_cut() -> None:
    long = "Petani Cabai Lombok Merugi Karena Hujan dan Harga Pupuk yang Naik Terus"
    assert judged(("json-ld", long), ("html", f"{long}, Koran Warga, 18.05.2026")) == [
        ("json-ld", long),
        ("html", f"{long}, Koran Warga, 18.05.2026"),
    ]


@pytest.mark.parametrize("part", ["<b>", "Panen raya - ", "Panen raya | ", "Panen: "])
def test_title_as_long_as_a_page_takes_no_square(part: str) -> None:
    start = process_time()
    judged(("html", part * 20_000), ("json-ld", part * 20_000))
    assert process_time() - start < 5  # the square takes minutes


def test_badge_or_kicker_in_the_element_of_the_headline_is_no_part_of_it() -> None:
    def read(h1: str) -> str:
        html = f"<html><head><title>{HEADLINE} - Warta Lombok</title></head><body><h1>{h1}</h1>{TEXT}</body></html>"
        claims = read_claims(page_of_tree(lxml.html.document_fromstring(html), URL, SITE), [])
        title = choose(claims, "title")
        return str(title.value) if title else ""

    assert read(f"<span class='k'>Opini</span> {HEADLINE}") == HEADLINE
    assert read(f"{HEADLINE}<small>Premium</small>") == HEADLINE
    assert read(f"{HEADLINE} <em>Lagi</em>") == f"{HEADLINE} Lagi"
    assert read(f"Opini: {HEADLINE} <b>Premium</b> lagi") == f"Opini: {HEADLINE} Premium lagi"


def test_title_that_was_cut_short_is_whole_in_another_one() -> None:
    assert judged(("meta", "Petani Cabai Lombok Mer..."), ("html", HEADLINE)) == [
        ("meta", HEADLINE),
        ("html", HEADLINE),
    ]
