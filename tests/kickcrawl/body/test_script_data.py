"""Text in the data of scripts: the record with the page's title is the article's, where the page has no paragraph."""

import json

import pytest

from kickcrawl.article import PageSource, SiteRules
from kickcrawl.body.script_data import data_text
from kickcrawl.page.parsed import parse_page

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
TITLE = "Pandan Kembali ke Tepi Mata Air"
TEXT = [
    f"Pada hari ke-{n} warga menanam pandan di tepi mata air, lalu menyiram bibitnya dengan air kolam yang tersisa."
    for n in range(1, 4)
]
HTML = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "".join(f"<p>{text} Itu cerita dari dusun yang lain.</p>" for text in TEXT)


def read(script: str, *, head: str = "", body: str = "") -> list[str]:
    head = f"<title>{TITLE} - Warta Uji</title>{head}"
    html = f"<html><head>{head}</head><body>{body}<script>{script}</script></body></html>"
    page = parse_page(PageSource(url="https://warta.example/pandan", body=html.encode()), SITE)
    assert page is not None
    return [block.text for block in data_text(page)]


def as_json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(as_json({"judul": TITLE, "isi": HTML}), id="nothing but JSON"),
        pytest.param(f"window.a = {as_json([1, {'judul': TITLE, 'isi': HTML}])};", id="assigned, in a list"),
        pytest.param(f"f(function () {{ g(); }}); antre({as_json({'judul': TITLE, 'isi': HTML})})", id="in a call"),
        pytest.param(as_json({"title": {"rendered": TITLE}, "content": {"rendered": HTML}}), id="a level deeper"),
        pytest.param(as_json([{"judul": "Pasar malam yang lain", "isi": OTHER}, {"judul": TITLE, "isi": HTML}]),
                     id="beside another article"),
        pytest.param(as_json({"judul": TITLE, "isi": f"<div><img src='/a.jpg'><figure><img src='/b.jpg'><figcaption>"
                              f"Warga</figcaption></figure>{HTML}</div>"}), id="with pictures"),
    ],
)  # fmt: skip
def test_longest_text_of_the_record_with_the_title_is_the_articles(script: str) -> None:
    assert read(script) == TEXT


@pytest.mark.parametrize(
    ("script", "head", "body"),
    [
        pytest.param({"judul": "Pasar malam yang lain", "isi": OTHER}, "", "", id="another article alone"),
        pytest.param({"judul": TITLE, "isi": "<p>Ringkasan.</p>"}, "", "", id="too short"),
        pytest.param({"judul": TITLE, "isi": " ".join(TEXT)}, "", "", id="no markup"),
        pytest.param({"judul": TITLE, "isi": HTML}, "", "<p>Isi.</p>", id="a page with paragraphs"),
        pytest.param(
            {"judul": TITLE, "isi": HTML},
            '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
            "",
            id="locked",
        ),
    ],
)
def test_what_is_not_surely_the_articles_is_not_read(script: object, head: str, body: str) -> None:
    assert read(f"window.a = {as_json(script)}", head=head, body=body) == []


def test_script_that_is_no_json_is_passed_over() -> None:
    assert read("a = {b: [c, {d: 1}]}; " * 100) == []
