"""Claims: what a page says of its article, in JSON-LD, meta tags, markup and words, and which of them is believed."""

import json
from datetime import datetime
from typing import Any

import lxml.html
import pytest

from kickcrawl.article import Claim, Field, Moment, SiteRules, Source
from kickcrawl.claims.metadata import choose, disagreeing, read_claims
from kickcrawl.claims.titles import strip_site_name
from kickcrawl.page.jsonld import names_of, string_of
from kickcrawl.page.parsed import page_of_tree

URL = "https://warta.example/panen-raya"
SITE = SiteRules(
    slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar", title_suffixes=("warta.example",)
)


def moment(written: str, offset: int | None = 480) -> Moment:
    return Moment(datetime.fromisoformat(written + "+00:00"), offset)


def ld(*data: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in data)


def claims(head: str = "", body: str = "", url: str = URL, lang: str = "") -> list[Claim]:
    root = lxml.html.document_fromstring(f"<html{lang}><head>{head}</head><body>{body}</body></html>")
    return read_claims(page_of_tree(root, url, SITE))


def said(found: list[Claim], field: Field, source: Source) -> list[Any]:
    return [claim.value for claim in found if (claim.field, claim.source) == (field, source)]


STORY = {"@type": "NewsArticle", "headline": "Panen Raya", "datePublished": "2025-07-14T09:30:00+08:00"}


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(ld(STORY), id="a node of its own"),
        pytest.param(ld([{"@type": "Organization"}, STORY]), id="in a list"),
        pytest.param(ld({"@graph": [{"@type": "WebPage"}, STORY]}), id="in a graph"),
        pytest.param(ld({"@graph": STORY}), id="a graph of one"),
        pytest.param(ld({"@type": "WebSite"}) + ld(STORY), id="in the second script"),
        pytest.param(ld(STORY | {"@type": ["Article", "NewsArticle"]}), id="of several types"),
        pytest.param(ld(STORY | {"@type": "https://schema.org/ReportageNewsArticle"}), id="type as an address"),
        pytest.param(ld(STORY | {"author": {}}).replace("{}", "{},"), id="a comma too many"),
        pytest.param(ld(STORY).replace(">{", "><!-- {").replace("}<", "} --><"), id="in a comment"),
        pytest.param(ld(STORY).replace(">{", ">//<![CDATA[\n{").replace("}<", "}\n//]]><"), id="in CDATA"),
        pytest.param(ld("x").replace('"x"', '{"@type": "Article", rusak') + ld(STORY), id="beside broken JSON"),
        pytest.param(ld(STORY).replace("</script>", ";</script>"), id="semicolon behind"),
        pytest.param(ld(STORY).replace("Panen Raya", "Panen\nRaya"), id="raw line break in a string"),
        pytest.param(ld(STORY).replace("ld+json", "LD+JSON; charset=utf-8"), id="type with a charset"),
    ],
)  # fmt: skip
def test_article_is_found_in_json_ld_of_any_shape(head: str) -> None:
    found = claims(head)
    assert said(found, "title", "json-ld") == ["Panen Raya"]
    assert said(found, "published_at", "json-ld") == [moment("2025-07-14T01:30")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"@type": "WebPage", "headline": "Panen"}, id="no article"),
        pytest.param("Panen", id="a string"),
        pytest.param(None, id="null"),
        pytest.param([1, None], id="a list of nothing"),
        pytest.param({"@graph": "rusak"}, id="a graph that is none"),
        pytest.param({"@type": 5}, id="a type that is none"),
    ],
)
def test_json_ld_without_an_article_claims_nothing(data: Any) -> None:
    assert not [claim for claim in claims(ld(data)) if claim.source == "json-ld"]


def test_of_several_articles_the_one_that_names_the_page_counts() -> None:
    other = STORY | {"headline": "Cerita Lain", "url": "https://warta.example/lain"}
    for key in ({"url": URL}, {"@id": URL + "#article"}, {"mainEntityOfPage": URL}, {"mainEntityOfPage": {"@id": URL}}):
        assert said(claims(ld([other, STORY | key])), "title", "json-ld") == ["Panen Raya"]


def test_reference_to_another_node_of_the_page_is_resolved() -> None:
    person = {"@type": "Person", "@id": "#siti", "name": "Siti Rahma"}
    graph = {"@graph": [STORY | {"author": {"@id": "#siti"}}, person]}
    assert said(claims(ld(graph)), "authors", "json-ld") == [("Siti Rahma",)]


@pytest.mark.parametrize("address", [{"mainEntityOfPage": [URL]}, {"url": {"@id": URL}}], ids=["list", "node"])
def test_address_that_is_a_list_or_a_node_is_no_trouble(address: dict[str, Any]) -> None:
    assert said(claims(ld(STORY | address)), "title", "json-ld") == ["Panen Raya"]


def test_reference_that_is_no_string_is_no_trouble() -> None:
    assert said(claims(ld(STORY | {"author": {"@id": ["#siti"]}})), "title", "json-ld") == ["Panen Raya"]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param("Siti Rahma", ["Siti Rahma"], id="string"),
        pytest.param({"name": "Siti Rahma"}, ["Siti Rahma"], id="node"),
        pytest.param([{"name": "Siti"}, "Anom"], ["Siti", "Anom"], id="mixed list"),
        pytest.param({"name": ["Siti", "Anom"]}, ["Siti", "Anom"], id="list of names in a node"),
        pytest.param([[{"name": "Siti"}], [{"name": "Anom"}]], ["Siti", "Anom"], id="lists within a list"),
        pytest.param({"@list": ["Siti", "Anom"]}, ["Siti", "Anom"], id="list as a node"),
        pytest.param({"givenName": "Siti", "familyName": "Rahma"}, ["Siti Rahma"], id="given and family name"),
        pytest.param({"name": {"@value": "Siti Rahma"}}, ["Siti Rahma"], id="value as a node"),
        pytest.param("Hukum &amp; Kriminal", ["Hukum & Kriminal"], id="entity"),
        pytest.param("https://fb.example/siti", [], id="address"),
        pytest.param([None, 5, {}, ""], [], id="nothing"),
    ],
)
def test_names_in_json_ld_are_read_in_each_of_their_shapes(value: Any, names: list[str]) -> None:
    assert names_of(value) == names


@pytest.mark.parametrize(
    ("value", "text"),
    [(" Panen &#8211; raya ", "Panen – raya"), (["Panen", "x"], "Panen"), ("  ", None), ([], None), (5, None)],
)
def test_text_in_json_ld_has_its_entities_decoded(value: Any, text: str | None) -> None:
    assert string_of(value) == text


def test_json_ld_gives_all_its_fields() -> None:
    node = STORY | {
        "author": [{"name": "Siti Rahma"}],
        "articleSection": ["Ekonomi", "Hukum &amp; Kriminal"],
        "keywords": "bawang, panen , bawang",
        "dateModified": "2025-07-15T09:30:00+08:00",
        "inLanguage": "id-ID",
    }
    found = claims(ld(node))
    assert said(found, "authors", "json-ld") == [("Siti Rahma",)]
    assert said(found, "sections", "json-ld") == [("Ekonomi", "Hukum & Kriminal")]
    assert said(found, "tags", "json-ld") == [("bawang", "panen")]
    assert said(found, "modified_at", "json-ld") == [moment("2025-07-15T01:30")]
    assert said(found, "language", "json-ld") == ["id"]


def test_time_in_json_ld_may_be_a_number_and_that_of_creation() -> None:
    counted = STORY | {"datePublished": 1752456600}
    assert said(claims(ld(counted)), "published_at", "json-ld") == [moment("2025-07-14T01:30", 0)]
    created = {key: value for key, value in STORY.items() if key != "datePublished"} | {"dateCreated": "2025-07-14"}
    assert said(claims(ld(created)), "published_at", "json-ld") == [moment("2025-07-13T16:00")]


def test_keywords_may_be_a_list() -> None:
    assert said(claims(ld(STORY | {"keywords": ["bawang", "panen"]})), "tags", "json-ld") == [("bawang", "panen")]


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        pytest.param('<meta property="og:title" content="Panen – Warta Uji">', "title", "Panen", id="og:title"),
        pytest.param('<meta name="twitter:title" content="Panen">', "title", "Panen", id="twitter:title"),
        pytest.param('<meta name="author" content="Oleh: Siti dan Anom">', "authors", ("Siti", "Anom"), id="author"),
        pytest.param('<meta property="article:author" content="https://fb.example/s">', "authors", None, id="profile"),
        pytest.param('<meta property="article:section" content="Ekonomi">', "sections", ("Ekonomi",), id="section"),
        pytest.param(
            '<meta property="article:tag" content="a"><meta property="article:tag" content="b &amp;amp; c">',
            "tags", ("a", "b & c"), id="tags, one with an entity twice encoded",
        ),
        pytest.param('<meta name="news_keywords" content="a, b">', "tags", ("a", "b"), id="news_keywords"),
        pytest.param('<meta name="news_keywords" content="a; b, c">', "tags", ("a", "b, c"), id="with semicolons"),
        pytest.param('<meta property="article:tag" content="a,b">', "tags", ("a", "b"), id="tags in one"),
        pytest.param('<meta property="article:tag" content="Rp1,5 miliar">', "tags", ("Rp1,5 miliar",),
                     id="a comma in a figure"),
        pytest.param('<meta property="article:tag" content="Air, Tanah, dan Api">', "tags", ("Air, Tanah, dan Api",),
                     id="one tag"),
        pytest.param('<meta name="section" content="Ekonomi">', "sections", ("Ekonomi",), id="section by name"),
        pytest.param(
            '<meta property="article:published_time" content="2025-07-14T01:30:00+00:00">',
            "published_at", moment("2025-07-14T01:30", 0), id="published",
        ),
        pytest.param(
            '<meta itemprop="datePublished" content="2025-07-14 09:30">',
            "published_at", moment("2025-07-14T01:30"), id="itemprop, naive",
        ),
        pytest.param(
            '<meta property="article:modified_time" content="2025-07-14T09:30:00+08:00">',
            "modified_at", moment("2025-07-14T01:30"), id="modified",
        ),
        pytest.param('<meta property="article:published_time" content="kemarin">', "published_at", None, id="no time"),
        pytest.param('<meta property="og:title" content=" ">', "title", None, id="empty"),
    ],
)  # fmt: skip
def test_meta_tag_claims_its_field(head: str, field: Field, value: Any) -> None:
    assert said(claims(head), field, "meta") == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        pytest.param("Panen Raya - Warta Uji", "Panen Raya", id="hyphen"),
        pytest.param("Panen Raya – warta.example", "Panen Raya", id="dash"),
        pytest.param("Panen Raya | WARTA UJI", "Panen Raya", id="bar and capitals"),
        pytest.param("Panen Raya » Warta Uji", "Panen Raya", id="angle quote"),
        pytest.param("Warta Uji | Panen Raya", "Panen Raya", id="in front"),
        pytest.param("Jalan Praya - Mataram Ditutup - Warta Uji", "Jalan Praya - Mataram Ditutup", id="the last only"),
        pytest.param("Jalan Praya - Mataram", "Jalan Praya - Mataram", id="another name stays"),
        pytest.param("Panen di Warta Uji", "Panen di Warta Uji", id="no separator"),
        pytest.param("Warta Uji", "Warta Uji", id="nothing but the name"),
        pytest.param("Ibu-ibu Panen", "Ibu-ibu Panen", id="a doubled word's hyphen"),
        pytest.param(": Panen Raya", "Panen Raya", id="a colon behind no name"),
        pytest.param("Panen Raya |", "Panen Raya", id="a bar before no name"),
        pytest.param("- Panen Raya", "Panen Raya", id="a dash behind no name"),
        pytest.param("- 4 Derajat di Puncak", "- 4 Derajat di Puncak", id="a minus"),
        pytest.param("Gubernur :", "Gubernur :", id="a colon of the headline"),
    ],
)
def test_sites_name_is_cut_off_the_headline(title: str, stripped: str) -> None:
    assert strip_site_name(title, ["Warta Uji", "warta.example"]) == stripped


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(
            '<time class="entry-date published" datetime="2025-07-14T09:30:00+08:00">14 Juli</time>'
            '<time class="updated" datetime="2025-07-15T09:30:00+08:00">15 Juli</time>',
            [
                ("published_at", "markup", moment("2025-07-14T01:30")),
                ("modified_at", "markup", moment("2025-07-15T01:30")),
            ],
            id="published and updated",
        ),
        pytest.param(
            '<time class="entry-date published updated" datetime="2025-07-14T09:30:00+08:00">14 Juli</time>',
            [("published_at", "markup", moment("2025-07-14T01:30"))],
            id="never edited: one element of both classes",
        ),
        pytest.param(
            '<time class="entry-date updated td-module-date" datetime="2025-07-14T09:30:00+08:00">14 Juli</time>',
            [("published_at", "markup", moment("2025-07-14T01:30"))],
            id="the entry's own time, called updated",
        ),
        pytest.param(
            '<time class="post-meta-date-updated" datetime="2025-07-15T09:30:00+08:00">15 Juli</time>',
            [("modified_at", "markup", moment("2025-07-15T01:30"))],
            id="a class that ends so",
        ),
        pytest.param(
            '<time datetime="2025-07-14">14 Juli 2025</time>',
            [("published_at", "markup", moment("2025-07-13T16:00"))],
            id="no class",
        ),
        pytest.param(
            "<time>Senin, 14 Juli 2025 | 09:30 WITA</time>",
            [("published_at", "visible", moment("2025-07-14T01:30"))],
            id="words only",
        ),
        pytest.param(
            '<time datetime="rusak" class="updated">14 Juli 2025 09:30 WIB</time>',
            [("modified_at", "visible", moment("2025-07-14T02:30", 420))],
            id="broken machine time",
        ),
        pytest.param(
            'Diperbarui: <time datetime="2025-07-15T09:30:00+08:00">15 Juli</time> '
            '<time datetime="2025-07-14T09:30:00+08:00">Terbit 14 Juli</time>',
            [
                ("modified_at", "markup", moment("2025-07-15T01:30")),
                ("published_at", "markup", moment("2025-07-14T01:30")),
            ],
            id="labels tell which is which",
        ),
        pytest.param(
            '<time content="2025-07-14T09:30:00+08:00">kemarin</time>',
            [("published_at", "markup", moment("2025-07-14T01:30"))],
            id="another attribute",
        ),
        pytest.param("<time>tadi</time>", [], id="no date"),
    ],
)
def test_time_element_is_read_by_its_classes(times: str, expected: list[tuple[str, str, Moment]]) -> None:
    found = claims(body=f"<h1>Panen</h1>{times}")
    fields = ("published_at", "modified_at")
    assert [(claim.field, claim.source, claim.value) for claim in found if claim.field in fields] == expected


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        pytest.param("<h1> Panen\n Raya </h1>", "title", "Panen Raya", id="headline"),
        pytest.param("<h1>Panen</h1><h1>Tanam</h1>", "title", None, id="two headlines"),
        pytest.param('<a rel="author" href="/a">Siti Rahma</a>', "authors", ("Siti Rahma",), id="rel=author"),
        pytest.param('<a rel="author" href="/a">Editor: Lalu Anom</a> <a rel="author" href="/b">Siti Rahma</a>',
                     "authors", ("Siti Rahma",), id="rel=author of an editor"),
        pytest.param('<p class="byline">Oleh <a class="fn" href="/x">Siti</a></p>', "authors", ("Siti",), id="byline"),
        pytest.param('<i class="author"><a href="/author/siti">Siti</a></i>', "authors", ("Siti",), id="author link"),
        pytest.param(
            '<a rel="category tag" href="/c">Ekonomi</a><a rel="tag" href="/t">bawang</a>',
            "sections", ("Ekonomi",), id="category",
        ),
        pytest.param(
            '<a rel="category tag" href="/c">Ekonomi</a><a rel="tag" href="/t">bawang</a>',
            "tags", ("bawang",), id="tag",
        ),
    ],
)  # fmt: skip
def test_markup_claims_its_field(body: str, field: Field, value: Any) -> None:
    assert said(claims(body=body), field, "markup") == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("page", "native_id"),
    [
        pytest.param('<html><body class="single postid-417">x</body></html>', "417", id="body class"),
        pytest.param(
            '<html><head><link rel="shortlink" href="https://w.example/?p=417"></head></html>', "417", id="link"
        ),
        pytest.param('<html><body class="page page-id-417">x</body></html>', None, id="a page is no post"),
    ],
)
def test_outlets_own_number_is_read_from_the_markup(page: str, native_id: str | None) -> None:
    found = read_claims(page_of_tree(lxml.html.document_fromstring(page), URL, SITE))
    assert said(found, "native_id", "markup") == ([native_id] if native_id else [])


def test_page_title_language_and_day_in_the_address_are_claims_too() -> None:
    found = claims(
        "<title>Panen &#8211; Warta Uji</title>", url="https://warta.example/2025/07/14/panen", lang=' lang="id-ID"'
    )
    assert said(found, "title", "html") == ["Panen"]
    assert said(found, "language", "markup") == ["id"]
    assert said(found, "language", "outlet") == ["id"]
    assert said(found, "published_at", "url") == [moment("2025-07-13T16:00")]


def title(value: str, source: Source) -> Claim:
    return Claim(field="title", value=value, source=source)


def test_most_trusted_source_is_believed_and_of_its_claims_the_first() -> None:
    made = [title("d", "html"), title("b", "json-ld"), title("c", "json-ld"), title("a", "meta")]
    assert choose(made, "title") == title("b", "json-ld")
    assert choose([*made, title("e", "rest")], "title") == title("e", "rest")


def test_nothing_claimed_is_nothing_settled() -> None:
    assert choose([title("a", "meta")], "authors") is None
    assert choose([Claim(field="native_id", value="7", source="feed")], "native_id") is None


@pytest.mark.parametrize(
    ("field", "chosen", "other", "disagrees"),
    [
        pytest.param("title", "Panen Raya", "Panen Gagal", True, id="other words"),
        pytest.param("title", "Panen ”Raya”", 'PANEN "Raya"', False, id="another spelling"),
        pytest.param("authors", ("Siti Rahma", "Anom"), ("siti rahma",), False, id="fewer names"),
        pytest.param("authors", ("Siti Rahma",), ("admin",), True, id="other names"),
        pytest.param("published_at", moment("2025-07-14T01:30"), moment("2025-07-14T01:30", 0), False, id="same time"),
        pytest.param("published_at", moment("2025-07-14T01:30"), moment("2025-07-14T09:30", 0), True, id="other time"),
    ],
)
def test_claims_that_say_something_else_are_kept_as_disagreements(
    field: Field, chosen: Any, other: Any, disagrees: bool
) -> None:
    verdict = Claim(field=field, value=chosen, source="json-ld")
    doubt = Claim(field=field, value=other, source="meta")
    assert disagreeing([verdict, doubt], [verdict]) == ((doubt,) if disagrees else ())


def test_day_in_an_address_does_not_contradict_an_hour() -> None:
    verdict = Claim(field="published_at", value=moment("2025-07-14T01:30"), source="json-ld")
    day = Claim(field="published_at", value=moment("2025-07-13T16:00"), source="url")
    assert disagreeing([verdict, day], [verdict]) == ()
