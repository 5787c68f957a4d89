"""Standfirsts: the opening between headline and body is told by its name, by a witness or by its learned path."""

import lxml.html
import pytest
from lxml.html import HtmlElement

from kickcrawl.body.standfirst import find_standfirst
from kickcrawl.page.blocks import fold

TEXT = (
    "Kelompok tani di lereng timur mulai menjemur kopi di para-para bambu sejak awal pekan.\n\n"
    "Cara itu membuat biji kopi kering merata dan terhindar dari debu jalan."
)
OPENING = "Dengan para-para bambu, kopi petani lereng timur kini dihargai lebih tinggi."
BYLINE = "Laporan wartawan kami Baiq Hidayati dari Sembalun, Lombok Timur"


def standing(between: str, *, found: tuple[str, ...] = (), paths: tuple[str, ...] = (), before: str = "") -> list[str]:
    """Return the standfirst of a page with *between* headline and body."""
    page: HtmlElement = lxml.html.document_fromstring(
        f"<article>{before}<h1>Kopi dijemur di para-para</h1>{between}<div id='isi'><p>{TEXT}</p></div>"
        "<p class='intro'>Ringkasan yang berdiri di belakang isi bukan pembuka cerita ini.</p></article>"
    )
    scope = page.find("body/article")
    nodes = find_standfirst(scope, scope.find("h1"), scope.get_element_by_id("isi"), TEXT, found=found, paths=paths)
    return [fold(node.text_content()) for node in nodes]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(f"<p class='standfirst'>{OPENING}</p>", id="standfirst"),
        pytest.param(f"<div class='Article-Lead wide'>{OPENING}</div>", id="a word of the class name, in capitals"),
        pytest.param(f"<div class='story__dek'><p>{OPENING}</p></div>", id="the name is on what holds it"),
        pytest.param(f"<div class='ringkasan'><strong>{OPENING}</strong></div>", id="marked within"),
        pytest.param(f"<h2 class='vorspann'>{OPENING}</h2>", id="a heading"),
        pytest.param(f"<p>{BYLINE}</p><p class='teras'>{OPENING}</p><p>{BYLINE}</p>", id="among bylines"),
    ],
)
def test_paragraph_of_the_trades_name_is_a_standfirst_once(between: str) -> None:
    assert standing(between) == [OPENING]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(f"<p>{OPENING}</p>", id="no name"),
        pytest.param("<p class='intro'>Kabar dari lereng</p>", id="a label"),
        pytest.param(f"<div class='page-lead'><x-slides><div><span>{OPENING}</span></div></x-slides></div>",
                     id="a lead with slides in it"),
        pytest.param(f"<p class='leader'>{OPENING}</p>", id="a word that only begins alike"),
        pytest.param(f"<div class='intro'><div><p>{OPENING}</p></div></div>", id="a name two floors above"),
        pytest.param(f"<p class='summary'>{TEXT[:60]}...</p>", id="an excerpt of the text"),
        pytest.param(f"<p class='summary'>{TEXT[:60]} [\u2026]</p>", id="an excerpt that WordPress cut"),
        pytest.param(f"<p class='intro'>{OPENING} <a href='/x'>Baca</a></p>", id="with a link"),
        pytest.param(f"<p class='intro'><a href='/x'>{OPENING}</a></p>", id="nothing but a link"),
    ],
)  # fmt: skip
def test_other_lines_between_headline_and_body_are_none(between: str) -> None:
    assert standing(between) == []


def test_what_stands_before_the_headline_or_behind_the_body_is_none() -> None:
    assert standing("", before=f"<p class='intro'>{OPENING}</p>") == []


def test_paragraph_that_a_witness_took_for_text_is_a_standfirst_and_a_byline_beside_it_is_none() -> None:
    between = f"<p>{BYLINE}</p><div class='x1'>{OPENING}</div>"
    assert standing(between, found=(OPENING, *TEXT.split("\n\n"))) == [OPENING]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Baiq Hidayati | Selasa, 4 November 2025 07:15 WITA", id="bars"),
        pytest.param("Diterbitkan di Sembalun pada Selasa, 4 November 2025 07.15 WITA", id="a clock at its end"),
    ],
)
def test_byline_with_its_time_is_none_whoever_took_it_for_text(line: str) -> None:
    assert standing(f"<p class='lead'>{line}</p><p>{OPENING}</p>", found=(line, OPENING)) == [OPENING]


def test_excerpt_is_none_although_the_witness_found_it() -> None:
    excerpt = TEXT[:60] + "\u2026"
    assert standing(f"<div class='x1'>{excerpt}</div>", found=(excerpt,)) == []


def test_paragraph_at_a_learned_path_is_a_standfirst_without_name_and_witness() -> None:
    between = f"<p>{BYLINE}</p><div class='pembuka x1'>{OPENING}</div>"
    assert standing(between, paths=("html/body/article/div.pembuka",)) == [OPENING]
    assert standing(between, paths=("html/body/article/section/div.pembuka",)) == []


def test_excerpt_at_a_learned_path_is_none() -> None:
    assert standing(f"<div class='pembuka'>{TEXT[:60]}\u2026</div>", paths=("html/body/article/div.pembuka",)) == []


def test_standfirst_is_of_three_paragraphs_at_most_however_they_are_marked_within() -> None:
    sentences = [f"Alasan ke-{n} petani lereng timur memilih para-para bambu." for n in range(1, 5)]
    between = "".join(f"<p class='lead'><b><i>{sentence}</i></b></p>" for sentence in sentences)
    assert standing(between) == sentences[:3]


def test_page_without_a_headline_opens_with_what_stands_before_its_body() -> None:
    scope = lxml.html.fragment_fromstring(f"<article><p class='intro'>{OPENING}</p><div><p>{TEXT}</p></div></article>")
    assert [node.tag for node in find_standfirst(scope, None, scope[1], TEXT)] == ["p"]


def test_headline_that_is_marked_within_is_none_although_the_witness_found_it() -> None:
    headline = "Kopi dijemur di para-para, harga di lereng timur ikut naik"
    scope = lxml.html.fragment_fromstring(
        f"<article><h1><span>{headline}</span></h1><p>{OPENING}</p><div>{TEXT}</div></article>"
    )
    assert find_standfirst(scope, scope[0], scope[2], TEXT, found=(headline, OPENING)) == [scope[1]]


@pytest.mark.parametrize(
    "description",
    [
        pytest.param(OPENING, id="as it stands"),
        pytest.param("“" + OPENING.replace("-", "–").upper() + "”", id="in other signs"),
        pytest.param(OPENING[:60] + " …", id="cut short"),
        pytest.param(f"{OPENING} Demikian kata mereka.", id="with more behind it"),
    ],
)
def test_paragraph_that_the_pages_description_repeats_is_a_standfirst(description: str) -> None:
    page = lxml.html.document_fromstring(
        f"<html><head><meta name='description' content='{description}'></head><body><h1>Kopi dijemur</h1>"
        f"<p>{OPENING}</p><p>{BYLINE}</p><div id='isi'><p>{TEXT}</p></div></body></html>"
    )
    scope = page.find("body")
    nodes = find_standfirst(scope, scope.find("h1"), scope.get_element_by_id("isi"), TEXT)
    assert [fold(node.text_content()) for node in nodes] == [OPENING]


def test_description_that_is_but_the_headline_tells_nothing() -> None:
    headline = "Kopi petani lereng timur kini dijemur di para-para bambu"
    page = lxml.html.document_fromstring(
        f"<html><head><meta name='description' content='{headline}'></head><body><h1>{headline}</h1>"
        f"<p>{headline}</p><div id='isi'><p>{TEXT}</p></div></body></html>"
    )
    scope = page.find("body")
    assert find_standfirst(scope, scope.find("h1"), scope.get_element_by_id("isi"), TEXT) == []
