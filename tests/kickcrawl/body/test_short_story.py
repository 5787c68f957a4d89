"""Short stories: the first sentence behind the headline and what stands at its side, or nothing at all."""

import lxml.html
import pytest

from kickcrawl.body.short_story import read_short_story

BRIEF = "Dermaga Teluk Awang ditutup pada hari Selasa."
MORE = "Perahu diminta bersandar di Bumbang."
OTHER = "Nelayan memasang kembali rumpon yang hanyut terbawa arus."


@pytest.mark.parametrize(
    ("below", "story"),
    [
        pytest.param(f"<div><p>{BRIEF}</p><p>{MORE}</p></div>", [BRIEF, MORE], id="in an element of its own"),
        pytest.param(f"<p>{BRIEF}</p><p>{MORE}</p><div>Bagikan</div>", [BRIEF, MORE], id="at the headline's side"),
        pytest.param(f"<span>Siti</span><div>Selasa | 09:30</div><div>{BRIEF}</div>", [BRIEF], id="behind a byline"),
        pytest.param(
            f"<div class='lain'><a href='/x'>Rumpon Dipasang Lagi</a><p>{OTHER}</p></div>", [], id="an excerpt"
        ),
        pytest.param(
            f"<div><p>{BRIEF}</p><h3>Terkait</h3><ul><li><a href='/x'>Rumpon Dipasang Lagi</a></li></ul></div>",
            [BRIEF, "Terkait", "Rumpon Dipasang Lagi"],  # which the house rules take out
            id="before links to other articles",
        ),
        pytest.param(
            f"<div class='lain'><p>{OTHER}</p><a href='/x'>Rumpon Dipasang Lagi</a></div>" * 3, [], id="over headlines"
        ),
        pytest.param(f"<p><a href='/x'>{OTHER}</a></p>", [], id="a link"),
        pytest.param("<ul>" + f"<li><b>Pembaca</b><p>{OTHER}</p></li>" * 3 + "</ul>", [], id="entries of a list"),
        pytest.param("<div>Memuat</div>", [], id="no sentence"),
    ],
)
def test_short_story_is_its_first_sentence_and_what_stands_beside_it(below: str, story: list[str]) -> None:
    page = lxml.html.document_fromstring(f"<div><h1>Dermaga Ditutup</h1>{below}</div>")
    assert [block.text for block in read_short_story(page.find("body"))] == story


def test_story_in_one_cell_with_its_headline_begins_behind_the_day() -> None:
    cell = f"<td><h1>Dermaga Ditutup</h1>Selasa, 5 Agustus 2025<br>{BRIEF}<br><br>{MORE}</td>"
    page = lxml.html.document_fromstring(f"<table><tr>{cell}</tr></table>")
    assert [block.text for block in read_short_story(page.find("body"))] == [BRIEF, MORE]


def test_box_with_nothing_but_a_sign_beside_the_headline_holds_no_story() -> None:
    page = lxml.html.document_fromstring(f"<div><div><h1>Dermaga Ditutup</h1> · <b>Siti</b></div><p>{BRIEF}</p></div>")
    assert [block.text for block in read_short_story(page.find("body"))] == [BRIEF]


def test_page_without_headline_has_no_short_story() -> None:
    assert read_short_story(lxml.html.document_fromstring(f"<p>{BRIEF}</p>").find("body")) == []
