"""Identity: a page's own address counts, and what two addresses with one text are to each other."""

from dataclasses import replace

import pytest

from kickcrawl.article import Article, Page, PageSource, SiteRules
from kickcrawl.extract import extract
from kickcrawl.identity import Sighting, is_one_article, is_spelling, own_address
from kickcrawl.urls import canonicalize, tidy

SITE = SiteRules(slug="warta", name="Warta", language="id", timezone="Asia/Makassar")
OWN = "https://warta.example/kabar/panen-jagung"
WORDS = "Petani di Lembah Jati memanen jagung lebih awal karena hujan datang sebelum waktunya tahun ini. " * 4
SEEN = Sighting(url=OWN, words=60, published_at="2025-07-13T22:00:00+00:00")
UNDATED = replace(SEEN, published_at=None)


def read(canonical: str, url: str = OWN) -> Article:
    html = (
        f'<html><head><title>Panen jagung</title><link rel="canonical" href="{canonical}"></head>'
        f"<body><article><h1>Panen jagung</h1><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    )
    page = Page(requested_url=url, sources=(PageSource(url=url, body=html.encode()),), site=SITE, is_requested=True)
    article = extract(page)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("http://www.warta.example/kabar/panen-jagung/", "http://www.warta.example/kabar/panen-jagung/"),
        ("/Kabar/Panen-Jagung", "https://warta.example/Kabar/Panen-Jagung"),
        ("/kabar/panen-jagung/index.html", f"{OWN}/index.html"),
    ],
)
def test_canonical_address_is_believed_where_it_is_a_spelling_of_the_pages_own(canonical: str, url: str) -> None:
    found = read(canonical)
    assert (found.url, found.disagreements) == (url, ())


@pytest.mark.parametrize(
    "canonical",
    ["/kabar/panen-padi", "/kabar/", "https://warta.example/", "https://kabar.example/kabar/panen-jagung", "?id=2"],
)
def test_canonical_address_of_another_page_is_kept_as_a_disagreement(canonical: str) -> None:
    found = read(canonical)
    assert found.url == OWN
    assert [(claim.field, claim.source) for claim in found.disagreements] == [("url", "canonical")]


def test_what_is_no_address_claims_nothing() -> None:
    assert read("javascript:void(0)").disagreements == ()


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (f"{OWN}/print/", True), (f"{OWN}/comment-page-3", True), (f"{OWN}.html", True), (f"{OWN}-2", False),
        (f"{OWN}/2", False), (f"{OWN}?id=2", False),
    ],
)  # fmt: skip
def test_spellings_of_an_address(other: str, is_same: bool) -> None:
    assert is_spelling(OWN, other) is is_same


@pytest.mark.parametrize(
    ("one", "changes", "is_one"),
    [
        pytest.param(SEEN, {"url": "https://warta.example/x"}, True, id="the same time"),
        pytest.param(SEEN, {"published_at": "2025-07-14T22:00:00+00:00"}, False, id="another time"),
        pytest.param(SEEN, {"url": "https://baru.example/x", "words": 2}, True, id="few words, but the same time"),
        pytest.param(UNDATED, {"url": "https://warta.example/desa/panen-jagung"}, True, id="last segment"),
        pytest.param(UNDATED, {"url": "https://warta.example/x"}, False, id="nothing vouches for it"),
        pytest.param(UNDATED, {"url": "https://warta.example/x", "claimed": OWN}, True, id="its page names the other"),
        pytest.param(UNDATED, {"url": f"{OWN}.html", "words": 19}, False, id="few words and no time"),
        pytest.param(
            replace(UNDATED, url="https://warta.example/desa/20411-panen"),
            {"url": "https://warta.example/?id=20411"}, True, id="number of the article",
        ),
        pytest.param(
            replace(UNDATED, url="https://warta.example/2025/m-1300-panen-jagung-raya"),
            {"url": "https://warta.example/berita/1300/panen"}, True, id="number in another segment",
        ),
        pytest.param(
            replace(UNDATED, url="https://warta.example/2025/x1-panen-jagung-raya"),
            {"url": "https://warta.example/2025/panen_jagung_raya.html"}, True, id="words of the address",
        ),
        pytest.param(
            replace(UNDATED, url="https://warta.example/2025/panen"),
            {"url": "https://warta.example/2025/jagung"}, False, id="a year is no number of an article",
        ),
        pytest.param(
            replace(UNDATED, url=f"{OWN}-raya"), {"url": f"{OWN}-raya/?spm=a.b"}, True, id="one more parameter",
        ),
        pytest.param(
            replace(UNDATED, url="https://warta.example/baca.php"), {"url": "https://warta.example/baca.php?id=7"},
            False, id="a program and its parameter",
        ),
        pytest.param(replace(SEEN, native_id="7"), {"native_id": "8"}, False, id="numbers of the outlet's own differ"),
    ],
)  # fmt: skip
def test_two_addresses_with_the_same_words(one: Sighting, changes: dict[str, str], is_one: bool) -> None:
    assert is_one_article(one, replace(one, **changes)) is is_one  # type: ignore[arg-type]


def test_what_an_outlets_parameters_mean_outranks_the_public_lists() -> None:
    url = "https://warta.example/baca.php?sid=401&utm_source=x&xtor=RSS-1"
    kept = "https://warta.example/baca.php?sid=401"
    assert canonicalize(url, telling={"sid"}, noise={"xtor"}) == kept
    assert own_address(f"{kept}&utm_source=x", kept) == kept
    assert tidy(f"{url}#isi") == f"{kept}&xtor=RSS-1"
