"""What servers send by mistake or malice: a page becomes an article that every database and terminal takes, or none."""

import json
from html import escape

import pytest

from kickcrawl.article import Article, Rejection
from kickcrawl.extract import extract
from kickcrawl.page.blocks import fold
from kickcrawl.platforms import wordpress as rest
from tests.fuzz.targets import assert_clean
from tests.support.pages import PARAGRAPHS, TEXT, article, page, paragraphs, wordpress

BODY = paragraphs(PARAGRAPHS)
# NUL, escape, backspace, half a surrogate, no character, byte order mark, zero-width space.
DIRT = "\0\x1b[2J\x08\ud800\uffff\ufeff\u200b"


@pytest.mark.parametrize("depth", [300, 1_500])
@pytest.mark.parametrize(
    ("around", "inside"), [("<div>", ""), ("", "<font>"), ("", "<b><i>")], ids=["in boxes", "in fonts", "in two tags"]
)
def test_article_below_many_elements_is_read(depth: int, around: str, inside: str) -> None:
    depth //= max(1, inside.count("<"))
    nested = "".join(f"<p>{inside * depth}{escape(text, quote=False)}</p>" for text in PARAGRAPHS[:1])
    body = wordpress(nested + paragraphs(PARAGRAPHS[1:])).replace(b"<main>", around.encode() * depth + b"<main>")
    assert article(body).text == TEXT


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<svg>", "<select>"])
def test_elements_nested_deeper_than_is_read_are_an_article_or_named(tag: str) -> None:
    body = wordpress(BODY).replace(b"<main>", tag.encode() * (3_000 // tag.count("<")) + b"<main>")
    result = extract(page(body))
    assert isinstance(result, Article | Rejection)
    assert isinstance(result, Rejection) or result.text == TEXT


def test_line_without_a_space_is_read_to_its_end() -> None:
    found = article(wordpress(BODY + "<p>" + "a" * 200_000 + "</p>"))
    assert found.text.startswith(TEXT)
    assert found.text.endswith("aaa")


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        pytest.param("utf-8", "text/html; charset=iso-8859-1", id="wrong header"),
        pytest.param("utf-8", "text/html; charset=utf8mb4-unknown", id="a charset that nobody knows"),
        pytest.param("utf-8", "image/png", id="a type that is none of a page"),
        pytest.param("utf-8", "", id="empty header"),
        pytest.param("windows-1252", "text/html; charset=utf-8", id="UTF-8 in the header, Windows-1252 in truth"),
    ],
)
def test_valid_utf8_beats_the_header_and_else_the_text_says_what_it_is(encoding: str, content_type: str) -> None:
    body = wordpress(BODY).decode().replace("utf-8", encoding).encode(encoding)
    found = extract(page(body, content_type=content_type))
    assert isinstance(found, Article)
    assert found.text == TEXT


@pytest.mark.parametrize("flaw", [b"\xff", b"\xe2\x80", b"\xc3("], ids=["a stray byte", "cut in two", "no sequence"])
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=iso-8859-1"])
def test_one_broken_byte_does_not_spoil_the_others(flaw: bytes, content_type: str) -> None:
    body = wordpress(BODY).replace(b"Begitulah.", b"Begitu" + flaw + b"lah.")
    found = extract(page(body, content_type=content_type))
    assert isinstance(found, Article)
    assert [text for text in found.text.split("\n\n") if "Begitu" not in text] == PARAGRAPHS[:3] + PARAGRAPHS[4:]


def test_quotation_marks_of_windows_are_read_as_such() -> None:
    assert fold("kata\x92nya \x93besar\x94 \x96 sekali\x85") == "kata’nya “besar” – sekali…"


@pytest.mark.parametrize("space", ["\f", "\v", "&#12;", "\xa0", "\u2028", "\t", "\r"])
def test_odd_white_space_parts_words(space: str) -> None:
    found = article(wordpress(paragraphs(PARAGRAPHS).replace("Begitulah.", f"Begitu{space}lah.")))
    assert "Begitu lah." in found.text.replace("\u2028", " ")


def test_direction_marks_stay_since_they_are_part_of_what_was_written() -> None:
    body = wordpress(BODY, title="\u202eatireb\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627")
    assert article(body).title == "\u202eatireb\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"


def test_dirt_everywhere_leaves_clean_strings() -> None:
    node = {
        "@type": "NewsArticle", "headline": f"Panen {DIRT}Raya", "author": {"name": f"Siti {DIRT}Rahma"},
        "articleSection": f"Eko{DIRT}nomi", "keywords": [f"ba{DIRT}wang"], "inLanguage": f"{DIRT}id-ID",
        "datePublished": f"2025-07-14{DIRT}", "url": f"https://warta.example/{DIRT}",
    }  # fmt: skip
    dirt = DIRT.replace("\ud800", "&#xD800;")
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    head += f'<meta property="og:title" content="{dirt}Panen"></head>'
    picture = f'<figure><img src="/f{dirt}.jpg"><figcaption>Petani{dirt} (Ist{dirt})</figcaption></figure>'
    body = wordpress(f"{picture}{BODY}<p>Akhir{dirt}nya</p><p>Baca juga: <a href='/l{dirt}'>Lain{dirt}nya</a></p>")
    found = article(
        body.replace(b"</head>", f"{head}</head>".encode()).replace(b'lang="id"', f'lang="{dirt}"'.encode())
    )
    assert found.title == "Panen [2JRaya"
    assert found.authors == ("Siti [2JRahma",)
    assert_clean(found)


def test_title_of_nothing_but_dirt_is_none() -> None:
    node = {"@type": "NewsArticle", "headline": DIRT.replace("[2J", "")}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script></head>'
    assert article(wordpress(BODY).replace(b"</head>", head.encode())).title == "Panen Raya Bawang"


def test_dirt_in_what_rest_says_leaves_clean_candidates() -> None:
    post = {
        "id": 7, "link": "https://warta.example/panen", "date_gmt": "2025-07-14T01:30:00",
        "title": {"rendered": f"Panen {DIRT}Raya"},
        "_embedded": {"author": [{"name": f"Siti{DIRT}"}], "wp:term": [[{"taxonomy": "category", "name": f"E{DIRT}"}]]},
    }  # fmt: skip
    (found,) = rest.read_posts(
        json.dumps([post]).encode(), "https://warta.example/wp-json/wp/v2/posts", {}, "UTC"
    ).candidates
    assert found.title == "Panen [2JRaya"
    assert_clean(found)
