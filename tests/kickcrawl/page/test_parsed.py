"""A page is parsed once: its readers share one headline and one set of JSON-LD nodes."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.body import read_body
from kickcrawl.extract import extract
from kickcrawl.page import json_values, parsed

URL = "https://warta.example/panen-raya"
SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
LD = '<script type="application/ld+json">{"@type": "WebPage", "name": "Panen raya di Jonggat"}</script>'
TEXT = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>"
HTML = f"<html><head>{LD}</head><body><article><h1>Panen raya di Jonggat</h1>{TEXT * 5}</article></body></html>"


def source(html: str = HTML) -> PageSource:
    return PageSource(url=URL, body=html.encode())


def counted(call: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    """Return *call*, which notes its name in *calls* each time."""

    def note(*values: Any, **named: Any) -> Any:
        calls.append(call.__name__)
        return call(*values, **named)

    return note


def test_headline_is_searched_once_a_page_and_each_json_ld_script_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(json_values.json, "loads", counted(json.loads, calls))
    for module in (parsed, read_body):
        monkeypatch.setattr(module, "find_headline", counted(module.find_headline, calls))
    # Without a publish time in the usual tags all witnesses of it are asked, too.
    article = extract(Page(requested_url=URL, sources=(source(),), site=SITE))
    assert isinstance(article, Article)
    assert (article.title, article.published_at) == ("Panen raya di Jonggat", None)
    assert sorted(calls) == ["find_headline", "loads"]


def test_page_without_a_tree_is_none() -> None:
    assert parsed.parse_page(source(""), SITE) is None
    page = parsed.parse_page(source(), SITE)
    assert page is not None
    assert (page.scope.tag, page.url, page.site) == ("article", URL, SITE)
    assert page.headline is not None
    assert page.headline.text == "Panen raya di Jonggat"
    assert page.json_ld == ({"@type": "WebPage", "name": "Panen raya di Jonggat"},)
