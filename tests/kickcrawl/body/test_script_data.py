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
        pytest.param({"judul": TITLE, "komentar": [{"nama": "Warga", "text": text} for text in TEXT]}, "", "",
                     id="comments"),
        pytest.param({"judul": TITLE, "lain": [{"type": "post", "title": "Pasar", "text": text} for text in TEXT]}, "",
                     "", id="entries of other articles"),
        pytest.param(
            {"judul": TITLE, "isi": HTML},
            '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
            "",
            id="locked",
        ),
    ],
)  # fmt: skip
def test_what_is_not_surely_the_articles_is_not_read(script: object, head: str, body: str) -> None:
    assert read(f"window.a = {as_json(script)}", head=head, body=body) == []


def test_script_that_is_no_json_is_passed_over() -> None:
    assert read("a = {b: [c, {d: 1}]}; " * 100) == []


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"judul": TITLE, "isi": "\n\n".join(TEXT)}, id="lines"),
        pytest.param({"content_elements": [{"type": "text", "content": text} for text in TEXT]}, id="Fusion"),
        pytest.param({"blocks": [{"type": "paragraph", "data": {"text": text}} for text in TEXT]}, id="Editor.js"),
        pytest.param({"isi": {"json": {"nodeType": "document", "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]} for text in TEXT]}}},
            id="Contentful"),
        pytest.param({"isi": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in TEXT]}}, id="ProseMirror"),
        pytest.param({"isi": {"root": {"type": "root", "children": [
            {"type": "paragraph", "children": [{"type": "text", "text": text}]} for text in TEXT]}}}, id="Lexical"),
        pytest.param({"isi": [{"_type": "block", "children": [
            {"_type": "span", "text": text[:20]}, {"_type": "span", "text": text[20:]}]} for text in TEXT]},
            id="Portable Text"),
        pytest.param({"isi": [{"type": "paragraph", "children": [
            {"text": text[:20]}, {"type": "link", "url": "/x", "children": [{"text": text[20:]}]}]}
            for text in TEXT]}, id="Slate, with links"),
        pytest.param({"isi": [*({"type": "paragraph", "text": text} for text in TEXT),
                              {"type": "raw_html", "content": "<p>Ikuti akun kami</p>"},
                              {"type": "image", "text": "Pandan di tepi kolam"}]}, id="embeds and pictures beside it"),
    ],
)  # fmt: skip
def test_text_may_be_lines_or_the_tree_of_an_editor(record: dict[str, object]) -> None:
    assert read(f"window.a = {as_json({'judul': TITLE, **record})}") == TEXT


@pytest.mark.parametrize(
    "beside",
    [
        {"comments": [{"type": "comment", "text": OTHER.replace("<p>", "").replace("</p>", " ")}]},
        {"related": [{"type": "post", "text": text * 4} for text in TEXT]},
        {"terms": "\n".join(TEXT * 3)},
        {"catatan": "\n".join(TEXT * 3)},
    ],
    ids=["comments", "other articles", "rules of the site", "lines beside HTML"],
)
def test_what_the_record_holds_beside_its_text_is_not_read(beside: dict[str, object]) -> None:
    assert read(f"window.a = {as_json({'judul': TITLE, 'isi': HTML, **beside})}") == TEXT


def test_data_may_stand_in_an_attribute_or_in_a_string() -> None:
    record = as_json({"props": {"post": {"judul": TITLE, "isi": HTML}}})
    assert read("", body=f"<div data-page='{record}'></div>") == TEXT
    assert read(f"antre.push([1, {json.dumps('5:' + record)}])") == TEXT
    assert read(f"a = JSON.parse({json.dumps(record)})") == TEXT
