"""Lines about an article that were read with its text are removed; nothing else is."""

import pytest

from kickcrawl.body.furniture import without_furniture
from kickcrawl.page.blocks import Block

TITLE = "Harga cabai di pasar naik lagi"
STORY = [
    Block("p", "Mataram - Harga cabai rawit di Pasar Mandalika naik menjadi Rp 90 ribu per kilogram sejak Senin."),
    Block("p", "Pedagang berharap pasokan dari Sembalun segera pulih."),
    Block("p", "(gii)"),
]
NAMES = ("Siti Rahma", "Ekonomi", "Lombok Timur", "cabai", "pasar")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ([Block("h", TITLE)], []),
        ([Block("p", "Ekonomi / Lombok Timur"), Block("h", TITLE), Block("p", "Siti Rahma | Senin, 14 Juli 2025")], []),
        ([Block("h", TITLE), Block("p", "Oleh: Siti Rahma"), Block("p", "14/07/2025 09:30 WITA")], []),
        ([Block("h", TITLE), Block("p", "16 Juli 2025Lalu Anom")], []),
        ([Block("h", TITLE), Block("p", "· segunda-feira, 14 julho 2025 | 05:32")], []),
        ([Block("h", TITLE.upper())], [Block("p", "cabai, pasar"), Block("li", "Lombok Timur")]),
        ([Block("h", TITLE)], [Block("p", "Topik: cabai pasar")]),
        ([Block("p", TITLE)], []),
        ([Block("h", f"Ekonomi Warga: {TITLE}")], []),
        ([Block("p", "Beranda"), Block("p", TITLE), Block("h", TITLE), Block("p", "Oleh: Siti Rahma")], []),
    ],
)
def test_lines_about_the_article_go_with_its_headline(head: list[Block], foot: list[Block]) -> None:
    assert without_furniture([*head, *STORY, *foot], TITLE, NAMES) == STORY


def test_without_the_headline_among_them_all_blocks_stay() -> None:
    blocks = [Block("p", "Lombok Timur"), *STORY, Block("p", "cabai, pasar")]
    assert without_furniture(blocks, TITLE, NAMES) == blocks


@pytest.mark.parametrize(
    ("opening", "stays"),
    [
        ([Block("p", "Oct 14, 2025 - Last update: Oct 15, 2025"), Block("p", "Siti Rahma")], False),
        ([Block("p", "Oleh: Siti Rahma"), Block("p", "October 14, 2025")], False),
        ([Block("p", "Posted on October 14, 2025")], False),
        ([Block("p", "Siti Rahma, 14 Juli 2025 09.30")], False),
        ([Block("p", "MATARAM, 14 Juli 2025")], True),
        ([Block("p", "Lombok, 14 Juli 2025")], True),
        ([Block("h", "17 Agustus 1945")], True),
        ([Block("p", "May 17, 1945")], True),
        ([Block("p", "Siti Rahma")], True),
    ],
    ids=[
        "day and author",
        "author and day",
        "a word for it",
        "an hour",
        "a dateline",
        "a letter's place, which is a tag",
        "a day of history",
        "the same in English",
        "no day",
    ],
)
def test_known_names_with_a_day_that_open_the_text_go_without_the_headline(opening: list[Block], stays: bool) -> None:
    assert without_furniture([*opening, *STORY], TITLE, NAMES) == ([*opening, *STORY] if stays else STORY)


def test_days_of_a_diary_stay() -> None:
    diary = [Block("p", "October 14, 2025"), STORY[0], Block("p", "October 15, 2025"), STORY[1]]
    assert without_furniture(diary, TITLE, NAMES) == diary


def test_lead_above_the_headline_stays() -> None:
    assert without_furniture([STORY[0], Block("h", TITLE), *STORY[1:]], TITLE, NAMES) == STORY


def test_numbers_at_the_end_stay() -> None:
    blocks = [*STORY, Block("p", "2025")]
    assert without_furniture([Block("h", TITLE), *blocks], TITLE, NAMES) == blocks


def test_photo_post_without_words_has_none() -> None:
    blocks = [Block("p", "Ekonomi"), Block("h", TITLE), Block("p", "Siti Rahma, 14 Juli 2025"), Block("p", "cabai")]
    assert without_furniture(blocks, TITLE, NAMES) == []


def test_long_line_that_ends_in_the_title_is_no_headline() -> None:
    line = Block("p", f"Kepala Dinas Perdagangan Lombok Timur mengatakan kepada wartawan kemarin bahwa {TITLE}")
    assert without_furniture([line, *STORY], TITLE, NAMES) == [line, *STORY]


@pytest.mark.parametrize(
    "lines",
    [
        [Block("h", "Made Astawa"), Block("p", "Warta Uji, 14/07/2025, 09:30 WITA")],
        [Block("p", "Made Astawa•14 Juli 2025")],
        [Block("p", "Warta Uji"), Block("p", "Made Astawa"), Block("p", "2025-07-14 09:30")],
        [Block("li", "31 October 2025")],
        [Block("p", "14 Juli 2025"), Block("h", "Posted by:"), Block("li", "Siti Rahma")],
    ],
)
def test_names_that_nobody_knows_go_with_the_day_below_the_headline(lines: list[Block]) -> None:
    assert without_furniture([Block("h", TITLE), *lines, *STORY], TITLE, NAMES) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Made Astawa",
        "Mataram, 14 Juli 2025:",
        "Pada 14 Juli 2025 Mataram dilanda banjir",
        "Mataram Banjir 14 Juli 2025.",
    ],
    ids=["no day", "a dateline", "words with small letters", "a sentence"],
)
def test_line_below_the_headline_that_may_be_text_stays(line: str) -> None:
    blocks = [Block("p", line), *STORY]
    assert without_furniture([Block("h", TITLE), *blocks], TITLE, NAMES) == blocks


def test_day_alone_above_a_text_goes_but_those_of_a_diary_stay() -> None:
    day, other = Block("p", "Senin, 14 Juli 2025 09:30 WITA"), Block("p", "15 Juli 2025")
    assert without_furniture([day, *STORY], TITLE, NAMES) == STORY
    assert without_furniture([day, *STORY, other, *STORY], TITLE, NAMES) == [day, *STORY, other, *STORY]
    assert without_furniture([*STORY, day], TITLE, NAMES) == [*STORY, day]
