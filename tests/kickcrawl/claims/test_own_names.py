"""The names of a site on its own page: no part of a headline, and accounts are no authors."""

from dataclasses import replace

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.claims.own_names import is_author, is_own_name, own_names
from kickcrawl.page.parsed import ParsedPage, page_of_tree

UNLISTED = SiteRules(slug="kabarselong.test", name="kabarselong.test", language="", timezone="UTC")
URL = "https://www.kabarselong.test/2025/07/harga-cabai-naik"


def page(head: str = "", body: str = "<p>Harga cabai naik.</p>", site: SiteRules = UNLISTED) -> ParsedPage:
    root = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return page_of_tree(root, URL, site)


def test_page_names_its_site_in_many_places() -> None:
    linked = '<script type="application/ld+json">{"@type": "WebSite", "name": "Selong Hari Ini"}</script>'
    read = page(f'<meta property="og:site_name" content="Kabar Selong">{linked}', site=replace(UNLISTED, name="KS"))
    assert own_names(read) == ("KS", "Kabar Selong", "Selong Hari Ini", "kabarselong.test", "kabarselong")


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Kabar Selong", True),
        ("KABARSELONG", True),
        ("Kabar Selong Team", True),
        ("Kabar Selong, Inc.", True),
        ("Selong", False),  # less than the name: a place
        ("Siti Rahma", False),
        ("Kabar Selong menurut warga kampung nelayan", False),
        ("", False),
    ],
)
def test_own_name_in_other_spelling_is_known(name: str, own: bool) -> None:
    assert is_own_name(name, ["kabarselong"]) is own


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Siti Rahma", True),
        ("Madonna", True),
        ("gii", True),  # initials
        ("Kabar Selong", True),  # a paper may sign itself
        ("kabarselong.test", True),
        ("admin", False),
        ("Web Admin", False),
        ("undefined", False),
        ("siti.rahma", False),
        ("siti-r83", False),
        ("redaksi@kabarselong.test", False),
        ("123", False),
    ],
)
def test_account_is_no_author(name: str, author: bool) -> None:
    assert is_author(name, ["Kabar Selong", "kabarselong.test"]) is author


@pytest.mark.parametrize(
    "title", ["Harga cabai naik - Kabar Selong", "Harga cabai naik | KABAR SELONG", "Kabar Selong: » Harga cabai naik"]
)
def test_title_of_an_unknown_site_loses_the_name_that_the_page_gives_it(title: str) -> None:
    read = page(f'<meta property="og:site_name" content="Kabar Selong"><meta property="og:title" content="{title}">')
    chosen = choose(read_claims(read), "title")
    assert chosen is not None
    assert chosen.value == "Harga cabai naik"


def test_lone_headline_that_no_other_title_knows_is_the_sites() -> None:
    read = page("<title>Harga cabai naik</title>", "<h1>Warta Pesisir</h1><p>Harga cabai naik.</p>")
    chosen = choose(read_claims(read), "title")
    assert chosen is not None
    assert chosen.value == "Harga cabai naik"


def test_handle_of_the_site_s_account_is_no_author_but_its_name_in_small_letters_is() -> None:
    assert not is_author("wartauji", ["Warta Uji", "wartauji.example"])
    assert not is_author("warta_uji", ["Warta Uji"])
    assert is_author("kicker", ["kicker", "kicker.example"])
