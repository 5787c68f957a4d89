"""The text in a page's JSON-LD: taken where the page holds nothing, not where readers have to pay for it."""

import json

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.body.stated_text import stated_text
from kickcrawl.page.parsed import page_of_tree
from tests.support.pages import article

LINES = [f"Petani di dusun {n} memanen bawang merah setelah hujan reda selama dua pekan penuh." for n in range(4)]
BODY = "\n".join(LINES)
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")


def stated(**more: object) -> list[str]:
    node = {"@type": "NewsArticle", "headline": "Panen", "articleBody": BODY, **more}
    page = f'<html><head><script type="application/ld+json">{json.dumps(node)}</script></head><body></body></html>'
    parsed = page_of_tree(lxml.html.document_fromstring(page), "https://warta.example/panen", SITE)
    return [block.text for block in stated_text(parsed, [])]


@pytest.mark.parametrize("free", [True, "True", "https://schema.org/True"])
def test_text_of_an_empty_page_is_taken(free: object) -> None:
    assert stated(isAccessibleForFree=free) == LINES


@pytest.mark.parametrize("free", [False, "False", "false", "http://schema.org/False", "https://schema.org/False"])
def test_text_for_which_readers_pay_is_not(free: object) -> None:
    assert stated(isAccessibleForFree=free) == []


def test_escaped_markup_of_a_stated_text_is_read() -> None:
    assert stated(articleBody="".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in LINES)) == LINES


def test_stated_text_that_is_all_that_could_be_read_keeps_its_paragraphs() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Panen", "articleBody": BODY})
    html = (
        f'<html><head><title>Panen</title><script type="application/ld+json">{node}</script></head><body>'
        '<h1>Panen</h1><div id="isi"></div><footer><p>Warta Uji</p></footer></body></html>'
    )
    assert article(html.encode()).text.split("\n\n") == LINES


@pytest.mark.parametrize(("own", "read"), [("", LINES), (f"<p>{LINES[0]}</p>", LINES[:1])])
def test_data_of_scripts_is_read_where_the_page_has_no_paragraph_but_in_its_footer(own: str, read: list[str]) -> None:
    title = "Panen Bawang di Dusun"
    data = json.dumps({"judul": title, "isi": "".join(f"<p>{line}</p>" for line in LINES)})
    html = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{own}<script>var isi = {data}</script>"
        "<footer><p>Warta Uji</p></footer></body></html>"
    )
    assert article(html.encode()).text.split("\n\n") == read
