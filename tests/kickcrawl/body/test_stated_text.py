"""The text in a page's JSON-LD: taken where the page holds nothing, not where readers have to pay for it."""

import json

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.body.stated_text import stated_text
from kickcrawl.page.parsed import page_of_tree

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
