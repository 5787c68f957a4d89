"""The language of an article: what a page states, what its outlet writes, and what its text is."""

import lxml.html
import pytest

from kickcrawl.article import SiteRules
from kickcrawl.claims.language import languages_of
from kickcrawl.claims.metadata import choose, read_claims
from kickcrawl.page.parsed import ParsedPage, page_of_tree

INDONESIAN = (
    "Petani di Jonggat memanen padi lebih awal dari tahun lalu karena hujan turun sejak Oktober dan air tidak surut. "
    "Hasil panen itu akan dijual ke pasar di kota untuk menutup biaya pupuk yang naik, kata ketua kelompok tani."
)
ENGLISH = (
    "The farmers of Jonggat have harvested the rice earlier than in the last year because of the rain in October. "
    "It will be sold at the market in the city to pay for the fertiliser that is more expensive, said the chairman."
)


def page(text: str, stated: str, outlet: str) -> ParsedPage:
    site = SiteRules(slug="warta", name="Warta Uji", language=outlet, timezone="Asia/Makassar")
    root = lxml.html.document_fromstring(f"<html{stated}><body><h1>Panen</h1><p>{text}</p></body></html>")
    return page_of_tree(root, "https://warta.example/panen", site)


def language(text: str, stated: str = "", outlet: str = "") -> object:
    claim = choose(read_claims(page(text, stated and f' lang="{stated}"', outlet)), "language")
    return claim.value if claim else None


@pytest.mark.parametrize(
    ("text", "stated", "outlet", "expected"),
    [
        pytest.param(INDONESIAN, "en-US", "id", "id", id="a theme's language on an outlet that writes another"),
        pytest.param(INDONESIAN, "en-US", "", "id", id="a theme's language on a site of which nothing is known"),
        pytest.param(ENGLISH, "en", "id", "en", id="an article in another language than the outlet's"),
        pytest.param(ENGLISH, "id", "id", "en", id="the same, in a theme of the outlet's language"),
        pytest.param(INDONESIAN, "x-default", "id", "id", id="no language stated"),
        pytest.param(INDONESIAN, "ms", "", "ms", id="two languages that are much alike"),
        pytest.param("Foto panen.", "en", "id", "id", id="no text to tell it by"),
        pytest.param("Foto panen.", "en", "", "en", id="nor an outlet"),
        pytest.param(INDONESIAN, "sas", "id", "sas", id="a language whose words are not known"),
        pytest.param(INDONESIAN, "", "id", "id", id="nothing stated"),
    ],
)
def test_text_tells_the_language_before_the_outlet_and_the_outlet_before_its_theme(
    text: str, stated: str, outlet: str, expected: str
) -> None:
    assert language(text, stated, outlet) == expected


def test_languages_are_told_by_small_words() -> None:
    assert languages_of(page(ENGLISH, "", "")) == {"en"}
    assert "id" in languages_of(page(INDONESIAN, "", ""))


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("灌溉渠的修复工作已经完成。" * 20, {"zh"}),
        ("集落の水路を住民が力を合わせて直した。" * 9, {"ja"}),
        ("주민들이 마을의 수로를 함께 고쳤다. " * 6, {"ko"}),
        ("ชาวบ้านช่วยกันซ่อมคลอง" * 6, {"th"}),
        ("أصلح سكان القرية قناة الري معا. " * 5, {"ar", "fa", "ur"}),
        (INDONESIAN + " 灌溉渠", {"id", "ms"}),
    ],
)
def test_languages_are_told_by_their_script(text: str, languages: set[str]) -> None:
    assert languages_of(page(text, "", "")) == languages


def test_language_of_a_script_goes_before_the_outlet_and_its_theme() -> None:
    assert language("集落の水路を住民が力を合わせて直した。" * 9, "en-US", "id") == "ja"
