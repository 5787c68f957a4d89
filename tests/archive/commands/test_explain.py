"""`kickcrawl explain --page`: what every witness says of a saved page, and what was believed."""

import gzip
import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.database import open_archive
from archive.parameters import learn_from
from spiders.cli import main
from tests.support.pages import STORY
from tests.support.storing import Shelf


def explain(*words: object) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, words)])


def test_explain_shows_what_each_witness_says_of_a_page_and_what_was_believed(tmp_path: Path) -> None:
    page = tmp_path / "satu.html"
    page.write_text(STORY.format(kind="single").replace("</head>", '<meta property="og:title" content="Panen"></head>'))
    done = explain("http://warta.test/1", "--page", page, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["title"] == ["* markup: Panen padi di Jonggat", "  meta: Panen", "  html: Panen padi di Jonggat"]
    assert told["authors"] is None
    assert told["named body"].endswith("div.entry-content")
    assert told["body"].startswith(told["named body"])
    assert told["verdict"] == "article of 46 words"
    assert told["read"] == "92% of the prose around the article; left out: beside 8%"
    assert "beside: Panen padi di Jonggat" in told["left out"]


def test_explain_takes_a_page_at_its_own_word_for_its_address(tmp_path: Path) -> None:
    page = tmp_path / "satu.html"
    link = '<link rel="canonical" href="https://kicknews.today/panen-padi"></head>'
    page.write_text(STORY.format(kind="single").replace("</head>", link))
    assert "canonical:    https://kicknews.today/panen-padi" in explain("--page", page).output


def test_layout_that_the_outlets_file_states_is_said_to_be_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KICKCRAWL_OUTLETS", str(tmp_path))
    (tmp_path / "warta.toml").write_text(
        'name = "Warta Uji"\nhome = "http://warta.test/"\n[[layout]]\nbody = "article p:nth-of-type(2)"\n'
    )
    page = tmp_path / "satu.html"
    page.write_text(STORY.format(kind="single"))
    told = json.loads(explain("http://warta.test/1", "--page", page, "--json").stdout)
    assert told["body"] == "html/body/article/div/p, as the outlet's file says"
    assert told["verdict"] == "article of 18 words"


def test_explain_with_nothing_to_look_at_says_what_to_give() -> None:
    done = explain()
    assert done.exit_code == 2
    assert "give an address, or --page FILE" in done.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no HTML in it"),
        (gzip.compress(b"<p>Panen</p>")[:-9], "cannot be read"),
        (b"no gzip", "cannot be read"),
        (gzip.compress(b"<p>Panen</p>"), "does not say its address"),
    ],
    ids=["empty", "cut short", "no gzip", "no address"],
)
def test_page_that_cannot_be_explained_is_named_with_the_reason(tmp_path: Path, content: bytes, says: str) -> None:
    page = tmp_path / "rusak.html.gz"
    page.write_bytes(content if content else gzip.compress(b""))
    done = explain("--page", page)
    assert done.exit_code == 2
    assert f"{page}: {says}" in done.stderr


def test_explain_says_what_an_outlets_parameters_were_found_to_mean(tmp_path: Path) -> None:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        Shelf(archive).put("padi", "Padi.", outlet="kicknews")
        learn_from(archive, "kicknews", "https://kicknews.today/baca?sid=401")
    done = explain("https://kicknews.today/baca?sid=401", "--archive", tmp_path / "archive.db", "--json")
    told = json.loads(done.stdout)
    assert told["canonical"] == "https://kicknews.today/baca?sid=401"
    assert (told["telling parameters"], told["noise parameters"]) == (["sid"], None)
