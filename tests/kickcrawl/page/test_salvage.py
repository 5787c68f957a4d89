"""What is whole of an article's JSON-LD that a template has damaged is saved, as far as it is surely this article's."""

import pytest

from kickcrawl.page.salvage import salvaged

START = '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Panen \\"raya\\"", '
TIMES = '"datePublished": "2025-07-14T09:30:00+08:00", '
AUTHOR = '"author": {"@type": "Person", "name": "Siti Rahma"}'
WHOLE = {
    "@type": "NewsArticle",
    "headline": 'Panen "raya"',
    "datePublished": "2025-07-14T09:30:00+08:00",
    "author": [{"@type": "Person", "name": "Siti Rahma"}],
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'{START}{TIMES}"description": "kata "Inaq" tadi", {AUTHOR}}}', id="quotation marks in a text"),
        pytest.param(f"{START}{TIMES}{AUTHOR}", id="cut short"),
        pytest.param(f'{START}{TIMES}"wordCount": , {AUTHOR}}}', id="a value that a template left out"),
        pytest.param(f"{START.rstrip(', ')} {TIMES}{AUTHOR}}}", id="a comma missing"),
    ],
)
def test_whole_members_of_a_damaged_node_are_saved(text: str) -> None:
    assert salvaged(text) == WHOLE


def test_authors_in_a_list_are_saved_and_a_headline_that_is_cut_is_not() -> None:
    authors = '"author": [{"name": "Siti Rahma"}, {"name": "Lalu Anom"}]'
    assert salvaged(f'{{"@type": "Article", "headline": "kata "Inaq" tadi", {authors}}}') == {
        "@type": "Article",
        "author": [{"@type": "Person", "name": "Siti Rahma"}, {"@type": "Person", "name": "Lalu Anom"}],
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rusak",
        f"[{START}{TIMES}}}, {START}{TIMES}}}",
        '{"@type": "WebSite", "headline": "Warta"',
        f"{TIMES}{AUTHOR}",
    ],
    ids=["nothing", "words", "two articles", "a site", "no type"],
)
def test_nothing_is_saved_of_what_is_not_surely_one_article(text: str) -> None:
    assert salvaged(text) == {}


def test_member_that_stands_there_twice_is_not_saved() -> None:
    twice = f'{START}{TIMES}"video": {{{TIMES}"x": }}, {AUTHOR}}}'
    assert "datePublished" not in salvaged(twice)


def test_long_text_takes_no_time_worth_speaking_of() -> None:
    assert "datePublished" not in salvaged(START + '"datePublished": "a' * 20_000)
