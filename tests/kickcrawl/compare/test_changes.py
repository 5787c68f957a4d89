"""kickcrawl/compare/changes.py: what an edit changed, in which respects, and whether a notice owns up to it."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kickcrawl.compare.changes import Changes, Content, compare
from kickcrawl.compare.figures import read_words
from kickcrawl.compare.names import read_names, read_quotes
from kickcrawl.compare.notices import read_notices
from kickcrawl.compare.swaps import Swap

LEAD = "kicknews.today – Mataram, Sebanyak 12 warga Kopang antre beras sejak Senin (14/7)."
QUOTE = "“Kami menunggu sejak subuh,” kata Lalu Ahmad dari Desa Sukarara."
PRICE = "Harga beras naik menjadi Rp1.500.000 per kuintal."
CLOSE = "Pemerintah berjanji menambah pasokan."
STORY = Content(
    title="Warga antre beras di Kopang",
    text="\n\n".join((LEAD, QUOTE, PRICE, CLOSE)),
    authors=("Rina Andayani", "Baiq Sari"),
    sections=("Ekonomi",),
    tags=("beras", "harga"),
    captions=("Warga antre di Kopang",),
)
EMPTIED = (
    "lead, body, numbers (removed 12, removed Senin, removed 14/7, 1 more), "
    "names (removed Kopang, removed Lalu Ahmad, removed Desa Sukarara), quotes, silent edit"
)
RALAT = "Ralat: semula tertulis 21 orang. Redaksi memohon maaf."


def edited(*swaps: tuple[str, str], **fields: object) -> Changes:
    """Return what is said of the story after pieces of its text were replaced and fields set."""
    text = STORY.text
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return compare(STORY, replace(STORY, **({"text": text} | fields)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("swaps", "said"),
    [
        pytest.param([], "nothing", id="nothing"),
        pytest.param([("antre beras", "mengantre beras")], "lead, silent edit", id="lead"),
        pytest.param([("berjanji", "berencana")], "body, silent edit", id="body"),
        pytest.param([("12 warga", "14 warga")], "lead, numbers (12 -> 14), silent edit", id="a number"),
        pytest.param(
            [("Rp1.500.000", "Rp1.600.000")], "body, numbers (Rp1.500.000 -> Rp1.600.000), silent edit", id="an amount"
        ),
        pytest.param(
            [("(14/7)", "(15/7)"), ("Senin", "Selasa")],
            "lead, numbers (Senin -> Selasa, 14/7 -> 15/7), silent edit",
            id="a date",
        ),
        pytest.param([("per kuintal", "untuk 2 kuintal")], "body, numbers (added 2), silent edit", id="a number comes"),
        pytest.param(
            [("Rp1.500.000 per", "sekian per")], "body, numbers (removed Rp1.500.000), silent edit", id="goes"
        ),
        pytest.param([("Lalu Ahmad", "Lalu Anom")], "body, names (Lalu Ahmad -> Lalu Anom), silent edit", id="a name"),
        pytest.param(
            [(CLOSE, f"{CLOSE} Hal itu dibenarkan Camat Praya, Baiq Sari.")],
            "body, names (added Camat Praya, added Baiq Sari), silent edit",
            id="names come",
        ),
        pytest.param([("sejak subuh", "sejak dini hari")], "body, quotes, silent edit", id="a quote by one word"),
        pytest.param(
            [(QUOTE, "Mereka menunggu lama.")],
            "body, names (removed Lalu Ahmad, removed Desa Sukarara), quotes, silent edit",
            id="a quote goes",
        ),
        pytest.param([(f"{QUOTE}\n\n{PRICE}", f"{PRICE}\n\n{QUOTE}")], "order of paragraphs, silent edit", id="moved"),
        pytest.param(
            [(f"{LEAD}\n\n{QUOTE}", f"{QUOTE}\n\n{LEAD}")], "lead, order of paragraphs, silent edit", id="lead moved"
        ),
        pytest.param([(f"\n\n{CLOSE}", "")], "body, silent edit", id="a paragraph goes"),
    ],
)
def test_edit_is_said_in_a_line(swaps: list[tuple[str, str]], said: str) -> None:
    assert edited(*swaps).describe() == said


@pytest.mark.parametrize(
    "swaps",
    [
        pytest.param([("“", '"'), ("”", '"')], id="quotation marks"),
        pytest.param([("antre beras", "antre  beras")], id="spaces"),
        pytest.param([("pasokan.", "pasokan!")], id="a mark at the end"),
        pytest.param([("Pemerintah", "PEMERINTAH"), ("Desa", "desa")], id="capitals"),
        pytest.param([("–", "-")], id="a dash"),
        pytest.param([("Rp1.500.000", "Rp 1500000")], id="dots in a thousand"),
        pytest.param([("Rp1.500.000", "Rp. 1.500.000,00")], id="no cents"),
        pytest.param([(f"{PRICE}\n\n{CLOSE}", f"{PRICE} {CLOSE}")], id="two paragraphs become one"),
        pytest.param([(f"{LEAD}\n\n{QUOTE}", f"{LEAD} {QUOTE}")], id="the lead takes in the next"),
    ],
)
def test_same_words_in_another_form_are_formatting_only(swaps: list[tuple[str, str]]) -> None:
    changes = edited(*swaps)
    assert (changes.describe(), changes.is_silent) == ("formatting only", False)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "Warga antre beras di Praya"}, "title, silent edit"),
        ({"title": "3 warga antre beras di Kopang"}, "title, numbers (added 3), silent edit"),
        ({"title": "WARGA ANTRE BERAS DI KOPANG"}, "formatting only"),
        ({"authors": ("Baiq Sari", "Rina Andayani")}, "nothing"),
        ({"authors": ("Baiq Sari",)}, "authors"),
        ({"sections": ("Ekonomi", "Desa")}, "sections"),
        ({"tags": ("beras",), "captions": ()}, "tags, captions"),
        ({"title": "Warga Antre Beras di Kopang", "tags": ()}, "tags, formatting"),
        ({"text": ""}, EMPTIED),
    ],
)
def test_fields_are_told_apart(fields: dict[str, object], said: str) -> None:
    assert edited(**fields).describe() == said


def test_a_photo_post_may_stay_without_words_or_get_some() -> None:
    photos = Content(title="Foto: panen padi", text="", captions=("Panen",))
    assert compare(photos, photos).kinds == ()
    assert compare(photos, replace(photos, captions=("Panen padi",))).describe() == "captions"
    assert compare(photos, replace(photos, text="Petani memanen.")).describe() == "lead, silent edit"


@pytest.mark.parametrize(
    "notice",
    [
        "Ralat: semula tertulis 21 orang.",
        "RALAT - semula tertulis 21 orang.",
        "(Ralat: semula tertulis 21 orang)",
        "Ralat (14/07/2025 10.30 Wita): jumlah yang tertulis semula keliru, yang benar 12 orang.",
        "*Koreksi: jumlah warga keliru.",
        "Koreksi redaksi pada Senin, 14 Juli 2025 pukul 10.30 Wita: jumlah warga keliru.",
        "Klarifikasi: Camat Praya tidak hadir.",
        "Pembaruan 14 Juli 2025: jumlah warga bertambah.",
        "Update pukul 15.00 Wita: jumlah warga bertambah.",
        "UPDATE: jumlah warga bertambah.",
        "[Update] Jumlah warga bertambah.",
        "Catatan Redaksi: jumlah warga diperbaiki.",
        "Catatan dari redaksi: jumlah warga diperbaiki.",
        "Artikel ini telah diperbarui pada 14 Juli 2025.",
        "Berita ini sudah diralat.",
        "Correction: an earlier version gave another number.",
    ],
)
def test_notice_that_appears_makes_no_edit_silent(notice: str) -> None:
    for text in (f"{STORY.text}\n\n{notice}", f"{notice}\n\n{STORY.text}"):
        changes = compare(STORY, replace(STORY, text=text))
        assert changes.describe() == "correction notice"
        assert changes.notices == (notice.lstrip("*([") if notice[0] in "*([" else notice,)
    openly = compare(STORY, replace(STORY, text=f"{STORY.text.replace('12 warga', '14 warga')}\n\n{notice}"))
    assert openly.describe() == "lead, numbers (12 -> 14), correction notice"


@pytest.mark.parametrize(
    "news",
    [
        "Klarifikasi itu disampaikan Camat.",
        "Koreksi harga beras membuat warga lega.",
        "Update status desa belum dilakukan.",
        "Klarifikasi Camat: tidak ada antrean.",
        "Ralatnya belum ada.",
        "Warga meminta ralat dan klarifikasi dari dinas.",
        "Berita ini cepat menyebar.",
        "Catatan redaksional tidak dibuat.",
    ],
)
def test_news_that_speaks_of_a_correction_is_no_notice(news: str) -> None:
    changes = compare(STORY, replace(STORY, text=f"{STORY.text}\n\n{news}"))
    assert changes.is_silent
    assert changes.notices == ()
    assert "body" in changes.kinds


def test_label_before_the_title_or_the_lead_is_a_notice_and_no_other_change() -> None:
    assert edited(title=f"[RALAT] {STORY.title}").describe() == "correction notice"
    assert edited((LEAD, f"Ralat: {LEAD}")).describe() == "correction notice"
    assert edited((LEAD, f"Ralat: {LEAD}"), ("12", "14")).describe() == "lead, numbers (12 -> 14), correction notice"


def test_notice_at_the_end_of_a_paragraph_counts_and_an_old_one_does_not() -> None:
    assert not edited((CLOSE, f"{CLOSE} Ralat: jumlah warga keliru.")).is_silent
    with_notice = replace(STORY, text=f"{STORY.text}\n\n{RALAT}")
    later = replace(with_notice, text=with_notice.text.replace("berjanji", "berencana"))
    assert compare(with_notice, later).describe() == "body, silent edit"
    assert compare(with_notice, STORY).describe() == "notice taken away, silent edit"


def test_swapped_figures_are_two_swaps_and_moved_ones_none() -> None:
    before = Content(title="Gempa", text="Gempa itu melukai 12 orang dan merusak 30 rumah.")
    after = replace(before, text="Gempa itu melukai 30 orang dan merusak 12 rumah.")
    assert compare(before, after).numbers == (Swap("12", "30"), Swap("30", "12"))
    moved = replace(before, text="Kemarin, 12 orang luka. Gempa merusak rumah sebanyak 30 unit.")
    assert compare(before, moved).numbers == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rp1.500.000", "Rp 1.500.000", True),
        ("Rp1.500.000", "Rp1.500", False),
        ("1,5 juta", "1,5 miliar", False),
        ("5 persen", "5%", True),
        ("3,5 persen", "35 persen", False),
        ("1.500", "1,500", False),
        ("tiga", "3", True),
        ("tiga persen", "3%", True),
        ("dua puluh lima", "dua puluh enam", False),
        ("2 milyar", "2 miliar", True),
        ("pukul 10.30", "pukul 10:30", True),
        ("14 Juli 2025", "14 Juni 2025", False),
        ("14 Juli", "14  juli", False),
        ("seminggu", "Minggu", False),
        ("Jum’at", "Jum'at", True),
    ],
)
def test_figures_are_equal_if_they_say_the_same(one: str, other: str, same: bool) -> None:
    assert (read_words(one) == read_words(other)) is same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Warga antre di Praya.", ["Praya"]),
        ("Antre itu panjang. Warga pulang. “Kami lelah.”", []),
        ("Menurut H. Lalu Ahmad bin Saleh, harga naik.", ["Ahmad bin Saleh"]),
        ("WARGA ANTRE BERAS DI KOPANG", []),
        ("Rapat di DPRD NTB digelar Senin dan Juli.", ["DPRD NTB"]),
        ("kicknews.today – Mataram, Warga antre di Kopang.", ["Kopang"]),
        ("", []),
    ],
)
def test_names_are_words_with_capitals_inside_sentences(text: str, names: list[str]) -> None:
    assert read_names([text]) == names


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"Kami siap," kata dia. "Besok."', ["Kami siap,", "Besok."]),
        ("“Kami siap” dan „siap”", ["Kami siap", "siap"]),
        ("Itu ‘Jum’at berkah’ kata dia", ["Jum’at berkah"]),
        ("Salat Jum’at di masjid", []),
        ('Pipa 5" dipasang', []),
        ("“Tidak ditutup\n\nAlinea lain”", []),
    ],
)
def test_quotes_are_what_stands_between_marks(text: str, quotes: list[str]) -> None:
    assert read_quotes(text) == quotes


WORDS = st.lists(
    st.sampled_from(["harga", "Praya", "12", "Rp1.500", "Ralat:", "“", "”", ".", "\n\n", " ", "Update", "(", ")"]),
    max_size=25,
).map("".join)


@given(WORDS | st.text(), WORDS | st.text())
def test_any_two_texts_can_be_compared_and_a_text_equals_itself(old: str, new: str) -> None:
    before, after = Content(title=old[:9], text=old), Content(title=new[:9], text=new)
    assert compare(before, before).kinds == ()
    changes = compare(before, after)
    assert bool(changes.kinds) == (before != after)
    assert not (changes.is_silent and changes.notices)
    assert not changes.is_silent or changes.kinds != ("formatting",)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"kata{n % 97} {n}" for n in range(5_000)),
        "Koreksi " * 5_000,
        "Update " + "14 " * 5_000,
        "“" * 5_000,
        "A" * 10_000,
        "dua " * 5_000,
        "Ralat " + "(" * 5_000,
        "1." * 5_000,
    ],
    ids=["long", "labels", "label and figures", "marks", "one word", "figure in words", "brackets", "dots"],
)
def test_any_text_is_compared_in_good_time(text: str) -> None:
    begin = time.process_time()
    compare(Content(title="Panen", text=text), Content(title="Panen", text=text[::-1]))
    compare(Content(title="Panen", text=text), Content(title="Panen", text=f"{text} Ralat."))
    read_notices(text)
    assert time.process_time() - begin < 10  # seconds of CPU
