"""The names of a site on its own page: no part of a headline, and accounts are no authors."""

from dataclasses import replace

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.claims.own_names import is_author, is_own_name, own_names
from kickcrawl.page.parsed import ParsedPage, page_of_tree

UNLISTED = SiteRules(slug="kabarselong.test", name="kabarselong.test", language="", timezone="UTC")
PROSE = "<p>Petani di Jonggat memanen padi lebih awal karena hujan turun sejak Oktober, kata ketua kelompok.</p>" * 9
URL = "https://www.kabarselong.test/2025/07/harga-cabai-naik"


def page(head: str = "", body: str = "<p>Harga cabai naik.</p>", site: SiteRules = UNLISTED) -> ParsedPage:
    root = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return page_of_tree(root, URL, site)


def test_page_names_its_site_in_many_places() -> None:
    linked = '<script type="application/ld+json">{"@type": "WebSite", "name": "Selong Hari Ini"}</script>'
    read = page(f'<meta property="og:site_name" content="Kabar Selong">{linked}', site=replace(UNLISTED, name="KS"))
    assert own_names(read) == ("KS", "Kabar Selong", "Selong Hari Ini", "kabarselong.test")


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
        ("Kabar Selong Staff", True),
        ("Super User", False),
        ("Redaksi", True),  # the newsroom signs itself
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


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        pytest.param("<p>&copy; 2025 Budi Hartono<br>Dibuat dengan Hexo</p>", "Budi Hartono", id="behind the year"),
        pytest.param("<p>© 2019-2025 <a href='/'>Budi Hartono</a></p>", "Budi Hartono", id="a link"),
        pytest.param("<p><span>©</span> oleh Budi Hartono. Semua hak dilindungi.</p>", None, id="apart from the sign"),
        pytest.param("<p>Hak cipta © Budi Hartono, 2025</p>", "Budi Hartono", id="before the year"),
        pytest.param("<figure><figcaption>© Budi Hartono</figcaption></figure>", None, id="a photographer"),
        pytest.param("<p>© 2025</p>", None, id="nobody"),
        pytest.param("<p>© 2025 <!-- tahun --></p>", None, id="a comment of the theme"),
        pytest.param("<p>© <b>2025</b> <!-- Budi Hartono --></p>", None, id="a comment behind"),
    ],
)
def test_holder_of_the_rights_is_a_name_of_the_site(line: str, holder: str | None) -> None:
    assert ("Budi Hartono" in own_names(page("", f"<h1>Panen</h1>{PROSE}{line}"))) is (holder is not None)


def test_holder_of_the_rights_wrote_no_article_that_does_not_show_it() -> None:
    read = page('<meta name="author" content="Budi Hartono">', f"<h1>Panen</h1>{PROSE}<p>© 2025 Budi Hartono</p>")
    assert choose(read_claims(read), "authors") is None


def test_holder_of_the_rights_who_signs_is_the_author() -> None:
    signed = f"<h1>Panen</h1><p>Oleh: Budi Hartono</p>{PROSE}<p>© 2025 Budi Hartono</p>"
    chosen = choose(read_claims(page('<meta name="author" content="Budi Hartono">', signed)), "authors")
    assert chosen is not None
    assert chosen.value == ("Budi Hartono",)


def test_handle_of_the_site_s_account_is_no_author_but_its_name_in_small_letters_is() -> None:
    assert not is_author("wartauji", ["Warta Uji", "wartauji.example"])
    assert not is_author("warta_uji", ["Warta Uji"])
    assert is_author("kicker", ["kicker", "kicker.example"])


def test_handle_of_the_site_is_an_author_only_where_the_site_calls_itself_so() -> None:
    assert not is_author("kabarselong", ["Kabar Selong"])
    assert is_author("kabarselong", ["Kabar Selong", "kabarselong"])
