"""Walls: told by what they lack, and by one text at several addresses; in no one's words."""

import pytest

from kickcrawl.walls import (
    MIN_LIKENESS,
    Judgement,
    Stated,
    Traits,
    is_proven,
    judge,
    likeness,
    names_headline,
    sketch,
    traits_of,
    usual_of,
)

URL = "https://warta.example/kabar/17-panen-padi-di-sukarara"
TIME, AUTHORS, LANGUAGE = ("published_at", "markup"), ("authors", "byline"), ("language", "markup")
BODY = ("text", "html/body/main/article/div.isi")
USUAL: Stated = frozenset((TIME, LANGUAGE, BODY))
BARE: Stated = frozenset((LANGUAGE, BODY))


@pytest.mark.parametrize(
    ("url", "asked", "titles", "expected"),
    [
        pytest.param(URL, None, ["Panen padi di Sukarara lebih awal"], True, id="words of the address"),
        pytest.param(URL, None, ["Satu soal kecil sebelum membaca"], False, id="none of the address"),
        pytest.param("https://warta.example/17", "Panen padi", ["Panen padi lebih awal"], True, id="as its seed says"),
        pytest.param("https://warta.example/17", "Panen padi lebih awal", ["Sebentar"], False, id="not as it says"),
        pytest.param("https://warta.example/17", "Selengkapnya", ["Panen padi"], None, id="no headline of a seed"),
        pytest.param("https://warta.example/17", None, ["17"], None, id="a number says nothing"),
        pytest.param("https://warta.example/kota-dan-desa/17", None, ["Panen"], None, id="nor does its section"),
        pytest.param("https://warta.example/sebentar", None, ["Sebentar"], None, id="one word says nothing"),
        pytest.param(URL, None, ["Sebentar", "Panen padi di Sukarara"], None, id="only a title behind the first one"),
    ],
)
def test_headline_agrees_with_what_was_asked_for(
    url: str, asked: str | None, titles: list[str], expected: bool | None
) -> None:
    assert traits_of(url, asked, titles, {}).agrees is expected


def test_only_what_the_page_itself_states_counts() -> None:
    origins = {"published_at": "markup", "authors": "feed", "language": "outlet", "text": BODY[1]}
    assert traits_of(URL, None, [], origins).stated == {TIME, BODY}


def test_usual_is_what_four_in_five_articles_state() -> None:
    assert usual_of([frozenset((TIME, BODY))] * 4 + [frozenset((BODY, AUTHORS))]) == {TIME, BODY}
    assert usual_of([frozenset((TIME,))] * 2) is None


@pytest.mark.parametrize(
    ("stated", "usual", "expected"),
    [
        pytest.param(USUAL, USUAL, "article", id="all that is usual"),
        pytest.param({LANGUAGE, BODY}, USUAL, "hold", id="one of three is missing"),
        pytest.param({TIME}, USUAL, "unsure", id="most is missing"),
        pytest.param({LANGUAGE}, BARE, "unsure", id="nobody says when, but it stands elsewhere in the page"),
        pytest.param({TIME}, None, "hold", id="too few articles are known"),
    ],
)
def test_new_page_is_judged_by_what_its_outlets_articles_state(
    stated: Stated, usual: Stated | None, expected: Judgement
) -> None:
    found = Traits(agrees=None, stated=frozenset(stated))
    assert judge(found, usual, is_known=False) == expected
    contradicted = Traits(agrees=False, stated=frozenset(stated))
    assert judge(contradicted, usual, is_known=False) == ("doubt" if expected == "unsure" else expected)


@pytest.mark.parametrize(
    ("stated", "usual", "expected"),
    [
        pytest.param(USUAL, USUAL, "article", id="rewritten, on a page like all others"),
        pytest.param({LANGUAGE, BODY}, USUAL, "doubt", id="without a time"),
        pytest.param(BARE, BARE, "unsure", id="where no page says when"),
        pytest.param({TIME}, None, "article", id="its time at an outlet that is not known"),
        pytest.param(set(), None, "unsure", id="nothing, at an outlet that is not known"),
    ],
)
def test_page_that_has_nothing_of_the_archived_article(
    stated: Stated, usual: Stated | None, expected: Judgement
) -> None:
    found = Traits(agrees=None, stated=frozenset(stated))
    assert judge(found, usual, is_known=True) == expected


def test_headline_alone_does_not_vouch_for_a_page_without_the_articles_text() -> None:
    kept = Traits(agrees=True, stated=USUAL)
    assert judge(kept, USUAL, is_known=True, is_cut=True) == "unsure"


@pytest.mark.parametrize(
    ("days", "alike", "expected"),
    [(1, 1.0, False), (2, 1.0, False), (3, 1.0, True), (1, 0.0, False), (2, 0.0, True), (9, None, False)],
)
def test_page_proves_to_be_an_article_by_lasting_or_by_living(days: int, alike: float | None, expected: bool) -> None:
    assert is_proven(days, alike) is expected


WALL = "Jalan Anda lewat halaman kami tampak seperti jalan mesin. Tunggu sebentar, lalu muat ulang dari awal."


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"{WALL} Nomor 9a0e-12b7.", id="token with digits"),
        pytest.param(f"{WALL} Kode qxwzkd dan mbvcyt.", id="tokens of letters"),
        pytest.param(f"{WALL} Anda meminta /kabar/3-harga-cabai-naik.", id="repeats the address"),
    ],
)
def test_wall_is_the_same_whatever_its_token_is(other: str) -> None:
    mine = sketch("Berhenti", f"{WALL} Nomor 4f1c-77d1, kode plokij dan uhbygv.")
    assert likeness(mine, sketch("BERHENTI", other)) >= MIN_LIKENESS


def test_articles_of_one_newsroom_are_not_alike() -> None:
    one = sketch("Panen padi", "Petani di Sukarara memanen padi lebih awal tahun ini karena hujan turun.")
    other = sketch("Panen jagung", "Petani di Lembah Jati menunda panen jagung tahun ini karena hujan belum turun.")
    assert likeness(one, other) < MIN_LIKENESS
    assert likeness("", "") == 0


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("bruecken-ueber-die-rhone", id="two letters"),
        pytest.param("brucken-uber-die-rhone", id="no accents"),
        pytest.param("br-cken-ber-die-rh-ne", id="cut at the accents"),
        pytest.param("br%C3%BCcken-%C3%BCber-die-rh%C3%B4ne", id="as they are"),
    ],
)
def test_headline_agrees_with_its_address_however_that_spells_accents(slug: str) -> None:
    url = f"https://warta.example/{slug}"
    assert traits_of(url, None, ["Brücken über die Rhône"], {}).agrees is True
    assert traits_of(url, None, ["Bitte bestätigen Sie, dass Sie ein Mensch sind"], {}).agrees is not True


@pytest.mark.parametrize(
    ("asked", "url", "expected"),
    [
        ("Harga cabai naik", "https://warta.example/17", True), (None, URL, True),
        ("Ekonomi", "https://warta.example/ekonomi", False),
    ],
)  # fmt: skip
def test_seed_or_address_says_that_an_article_is_expected(asked: str | None, url: str, expected: bool) -> None:
    assert names_headline(asked, url) is expected
