"""Near-copies: edited, shortened and reprinted texts are one copy; unrelated texts are not, whatever ends them both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.compare.near import BANDS, Why, bands, compare, fingerprint, joint_bands, lookup_keys
from tests.support.texts import CLOSING, EDITED, OTHER, STORY, text

TARIFF = "Tarif | 2024 | 2025\n" + "\n".join(
    f"{n} | {n * 137} | {n * 151} | {n * 163} | {n * 171}" for n in range(10, 40)
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(text(*STORY), text(*STORY), id="the same"),
        pytest.param(text(*STORY), EDITED, id="words changed"),
        pytest.param(text(*STORY), text(*STORY[:2], *STORY[3:]), id="a paragraph less"),
        pytest.param(text(*STORY), text(*STORY[:3]), id="shortened to its first half"),
        pytest.param(text(*STORY), text(OTHER[0], *STORY[1:]), id="with a lead of its own"),
        pytest.param(text(*STORY, CLOSING), text(*STORY[:4], OTHER[1]), id="another end"),
        pytest.param(text(*STORY), text(" ".join(STORY[:3]), " ".join(STORY[3:])), id="other paragraphs"),
        pytest.param(text(*STORY).upper(), text(*STORY), id="in capitals"),
    ],
)
def test_a_copy_is_told_in_both_directions(one: str, other: str) -> None:
    for verdict in (compare(fingerprint(one), fingerprint(other)), compare(fingerprint(other), fingerprint(one))):
        assert verdict.is_copy, verdict.why
        assert 0.5 <= verdict.share <= 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        pytest.param(text(*STORY), text(*OTHER), "too-short", id="nothing in common"),
        pytest.param(text(*STORY[:2], CLOSING), text(*OTHER[:2], CLOSING), "edges-only", id="one closing"),
        pytest.param(text(CLOSING, *STORY[:2]), text(CLOSING, *OTHER[:2]), "edges-only", id="one opening"),
        pytest.param(text(*STORY, CLOSING), CLOSING, "edges-only", id="nothing but the closing"),
        pytest.param(text(*STORY[:2], TARIFF), text(*OTHER[:2], TARIFF), "too-short", id="the same table of figures"),
        pytest.param(STORY[0], STORY[0], "too-short", id="one sentence alone"),
        pytest.param("", "", "too-short", id="no words"),
        pytest.param(text(*STORY[:2]), text(*STORY[:2], *(OTHER * 6)), "small-part", id="an item of a long roundup"),
    ],
)
def test_strangers_are_not_joined_by_what_both_print(one: str, other: str, why: Why) -> None:
    varied = compare(fingerprint(one), fingerprint(_numbered(other) if why == "small-part" else other))
    assert varied.why == why


def test_the_same_form_with_other_figures_is_no_copy() -> None:
    def bulletin(figures: str) -> str:
        one, two, three, four, five = figures.split()
        return text(
            "Badan meteorologi memperkirakan cuaca di seluruh wilayah pulau pada hari ini cerah berawan sejak pagi.",
            f"Suhu udara {one} sampai {two} derajat, kelembapan {three} persen, gelombang di selat utara tetap tenang.",
            "Nelayan diminta tetap waspada terhadap angin kencang yang dapat datang tiba-tiba pada sore sampai malam.",
            f"Kecepatan angin {four} knot dan curah hujan {five} milimeter menurut alat ukur di bandara setempat.",
        )

    verdict = compare(fingerprint(bulletin("23 31 78 12 40")), fingerprint(bulletin("21 33 85 19 55")))
    assert verdict.share >= 0.4
    assert not verdict.is_copy


def test_standing_paragraphs_count_for_nothing() -> None:
    one, other = fingerprint(text(*STORY[:2], *OTHER)), fingerprint(text(*STORY[2:], *OTHER))
    assert compare(one, other).common
    assert not compare(one, other, {p.key for p in fingerprint(text(*OTHER)).paragraphs}).common


def test_dateline_and_initials_are_no_part_of_the_copy() -> None:
    dressed = fingerprint(
        f"warta.example – Praya, {text(*STORY)} (gii)", dateline="warta.example – Praya,", initials="(gii)"
    )
    assert dressed == fingerprint(text(*STORY))


def test_copies_meet_in_many_bands_and_strangers_in_none() -> None:
    own, edited, other = (set(bands(fingerprint(t).shingles())) for t in (text(*STORY), EDITED, text(*OTHER)))
    assert len(own) == BANDS
    assert len(own & edited) >= 5
    assert not own & other
    assert bands(fingerprint(STORY[0]).shingles()) == ()


def test_bands_are_the_same_in_every_process() -> None:
    """They are stored: rensa, or SHINGLE, BANDS, ROWS or SEED, cannot change without building all of them again."""
    assert bands(fingerprint(text(*STORY)).shingles())[:2] == FIRST_BANDS


@given(st.lists(st.sampled_from((*STORY, *OTHER, CLOSING, "Baca juga", "Harga beras naik di pasar", "—"))), st.data())
def test_sketches_of_paragraphs_give_the_bands_of_any_of_them_together(
    paragraphs: list[str], data: st.DataObject
) -> None:
    whole = fingerprint(text(*paragraphs))
    standing = data.draw(st.sets(st.sampled_from([p.key for p in whole.paragraphs]))) if whole.paragraphs else set()
    keys = lookup_keys(whole)
    assert keys.bands == bands(whole.shingles())
    assert joint_bands(keys.sketches, standing) in (None, bands(whole.shingles(standing)))


def test_short_paragraphs_do_not_tell_how_many_shingles_they_have_together() -> None:
    short = " ".join(STORY[0].split()[:16])
    keys = lookup_keys(fingerprint(text(short, f"Ketika {short}", CLOSING)))
    assert joint_bands(keys.sketches, {fingerprint(CLOSING).paragraphs[0].key}) is None


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_safe_and_the_order_does_not_matter(one: str, other: str) -> None:
    forth, back = (compare(fingerprint(a), fingerprint(b)) for a, b in ((one, other), (other, one)))
    assert forth.is_copy == back.is_copy
    assert all(0 <= number < 2**48 for number in bands(fingerprint(one).shingles()))


def _numbered(long: str) -> str:
    """Make every word of a repeated text its own, so that its shingles differ."""
    return " ".join(f"{word}{at}" if at > 40 else word for at, word in enumerate(long.split(" ")))


FIRST_BANDS = (63578643739181, 172698778855002)
