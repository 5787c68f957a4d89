"""Forms of Indonesian words: they find each other, and words that only look alike do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.stems.affixes import beginnings, roots
from kickcrawl.stems.family import Families
from tests.kickcrawl.stems.measure import read_pairs, share, words_of
from tests.kickcrawl.stems.words import Words

PAIRS, STRANGERS = read_pairs("pairs"), read_pairs("strangers")
WORDS = [word for pair in PAIRS + STRANGERS for word in words_of([pair])]
FAMILIES = Families(Words(WORDS))


def test_lists_are_long_enough_to_measure_by() -> None:
    assert len(set(PAIRS)) >= 400
    assert len(set(STRANGERS)) >= 200


@pytest.mark.parametrize("alone", [False, True], ids=["among all words", "alone"])
@pytest.mark.parametrize("half", [0, 1], ids=["looked at", "kept aside"])
def test_forms_of_a_word_meet_and_strangers_do_not(half: int, alone: bool) -> None:
    assert share(PAIRS[half::2], WORDS, alone=alone) >= 0.97
    assert share(STRANGERS[half::2], WORDS, alone=alone) <= 0.02


@pytest.mark.parametrize(
    ("asked", "written", "others"),
    [
        pytest.param("menangkap", "tertangkap", "", id="swallowed t, the root itself is nowhere"),
        pytest.param("menulis", "tulis", "", id="swallowed t"),
        pytest.param("memenangkan", "kemenangan", "", id="a root with its own m"),
        pytest.param("menikah", "dinikahi", "", id="a root with its own n"),
        pytest.param("kinerja", "kerja", "", id="infix -in-"),
        pytest.param("dihargai", "harga", "", id="a suffix -i"),
        pytest.param("penglihatan", "lihat", "", id="peng- before l"),
        pytest.param("memproduksi", "produksi", "", id="a foreign p is not swallowed"),
        pytest.param("memberhentikan", "henti", "berhenti", id="two prefixes"),
        pytest.param("mengetahui", "tahu", "", id="ke- behind me-"),
        pytest.param("mengecat", "dicat", "", id="a root of one syllable"),
        pytest.param("masakan", "memasak", "masa", id="a k that is the root's"),
        pytest.param("wisatawan", "berwisata", "wisata", id="-wan where the notion stays"),
        pytest.param("karyawati", "karyawan", "karya", id="-wati beside -wan"),
        pytest.param("hilirisasi", "hilir", "", id="-isasi where the notion stays"),
        pytest.param("reruntuhan", "meruntuhkan", "runtuh", id="the first sound doubled"),
        pytest.param("memberiku", "beri", "", id="-ku behind a word with a prefix"),
        pytest.param("perangkatnya", "perangkat", "angkat angkatnya", id="-nya behind a root that looks derived"),
        pytest.param("ditanya", "tanya", "dita", id="-nya that is the root's"),
    ],
)
def test_forms_meet(asked: str, written: str, others: str) -> None:
    families = Families(Words([asked, written, *others.split()]))
    assert written in families.forms_of(asked)
    assert asked in families.forms_of(written)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("api", "tapi"), ("emas", "kemasan"), ("uang", "tuang"), ("uang", "beruang"), ("kata", "mata"),
        ("ikut", "takut"), ("desa", "mendesak"), ("minta", "pinta"), ("ayam", "bayam"), ("orang", "korban"),
        ("menit", "milik"),
        ("karyawan", "karya"), ("relawan", "rela"), ("normalisasi", "normal"), ("pariwisata", "pari"),
        ("mengubah", "kubah"), ("mengusut", "kusut"), ("memakan", "pakan"), ("pengawasan", "kawasan"),
        ("memaki", "pak"), ("selangkah", "selang"), ("pemarah", "parah"),
        ("menteri", "materi"), ("anggap", "tanggap"), ("der", "dieder"), ("in", "bein"),
    ],
)  # fmt: skip
def test_words_that_only_look_alike_do_not_meet(asked: str, written: str) -> None:
    families = Families(Words([asked, written]))
    assert written not in families.forms_of(asked)
    assert asked not in families.forms_of(written)


def test_a_word_that_others_are_made_of_is_whole() -> None:
    derived = "meberitas diberitas keberitas pemberitas"  # no words: only what others say of it can tell
    assert "rita" not in Families(
        Words(f"berita rita diberitakan memberitakan pemberitaan {derived}".split())
    ).forms_of("berita")


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("form", "perform"), ("inner", "dinner"), ("raten", "beraten"), ("sein", "seine"), ("nis", "tennis"),
        ("mester", "semester"), ("ember", "member"), ("kunden", "sekunden"), ("eller", "keller"), ("cent", "percent"),
        ("rater", "berater"), ("esel", "diesel"), ("ever", "never"), ("recht", "berecht"), ("ander", "meander"),
    ],
)  # fmt: skip
def test_english_and_german_words_are_left_alone(asked: str, written: str) -> None:
    assert Families(Words([asked, written])).forms_of(asked) == {asked}


def test_two_words_have_the_same_forms_or_none_in_common() -> None:
    for word in set(WORDS):
        for form in FAMILIES.forms_of(word):
            assert FAMILIES.forms_of(form) >= FAMILIES.forms_of(word) - {word}, (word, form)


def test_words_begin_as_is_said_of_their_roots() -> None:
    missed = {(word, root) for word in WORDS for root in roots(word) if not word.startswith(tuple(beginnings(root)))}
    assert missed == set()


@pytest.mark.parametrize(
    "word", ["2025", "COVID", "Rp5.000", "na\u00efve", "ﬁ", "", "x", "\0", "me", "pen", "a" * 5000, "語"]
)
def test_what_is_no_plain_word_is_itself(word: str) -> None:
    assert FAMILIES.forms_of(word) == {word}


@given(st.one_of(st.text(), st.text("abdegikmnprtu", max_size=20)))
def test_any_text_is_safe(text: str) -> None:
    assert text in FAMILIES.forms_of(text)
