"""The headline, bare of topic and section where another title of the page goes without."""

import pytest

from kickcrawl.article import Claim, Source
from kickcrawl.claims.titles import bare_titles, strip_topic


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        pytest.param("Harga Cabai: Pedagang mengeluh di pasar", "Pedagang mengeluh di pasar", id="topic and colon"),
        pytest.param("Pasar Selong - Pedagang mengeluh di pasar", "Pedagang mengeluh di pasar", id="topic and dash"),
        pytest.param("Pedagang mengeluh di pasar | Ekonomi", "Pedagang mengeluh di pasar", id="section behind a bar"),
        pytest.param("Pedagang mengeluh di pasar - Ekonomi", None, id="a dash may belong to the headline"),
        pytest.param("Harga Cabai: Pembeli mengeluh di pasar", None, id="no other title says the rest"),
        pytest.param("Foto: Pasar Selong", None, id="too few words to be a headline"),
    ],
)
def test_topic_goes_where_another_title_goes_without(title: str, bare: str | None) -> None:
    assert strip_topic(title, {"pedagangmengeluhdipasar", "pasarselong"}) == (bare or title)


def test_all_titles_of_a_page_are_bare_of_site_and_topic() -> None:
    said: list[tuple[Source, str]] = [
        ("json-ld", "Harga Cabai: Pedagang mengeluh di pasar"),
        ("meta", "Pedagang mengeluh di pasar - Kabar Selong"),
    ]
    claims = [Claim(field="title", value=title, source=source) for source, title in said]
    assert {claim.value for claim in bare_titles(claims, ["Kabar Selong"])} == {"Pedagang mengeluh di pasar"}


def test_title_element_alone_takes_no_topic_from_the_others() -> None:
    said: list[tuple[Source, str]] = [("json-ld", "Cabai: Harga naik lagi"), ("html", "Harga naik lagi")]
    claims = [Claim(field="title", value=title, source=source) for source, title in said]
    assert next(iter(bare_titles(claims, []))).value == "Cabai: Harga naik lagi"
