"""The site in two languages: every word is there in both, and the visitor is told in the one that is wanted."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest
from lxml import html

from archive.site.app import HERE
from archive.site.moments import day_in_words, in_words, month_in_words
from archive.site.visitor import cookies, spoken, visitor
from archive.site.words import LANGUAGES, WORDS, counted, noticed, number
from tests.support.browsing import PAGES
from tests.support.serving import Site, fill, serving
from tests.support.storing import id_of

EN, ID = WORDS["en"], WORDS["id"]
TEMPLATES = {path.name: path.read_text() for path in (HERE / "templates").glob("*.html")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(fill(tmp_path_factory.mktemp("site"))) as site:
        yield site


def flat(words: Mapping[str, Any], path: str = "") -> dict[str, str]:
    """Return the texts of a table by their paths; those of a count, whose forms differ by language, as one."""
    found: dict[str, str] = {}
    for key, value in words.items():
        if isinstance(value, Mapping) and path != "counts.":
            found |= flat(value, f"{path}{key}.")
        else:
            found[f"{path}{key}"] = str(value["other"] if isinstance(value, Mapping) else value)
    return found


def test_every_language_has_every_word_with_the_same_blanks() -> None:
    tables = {language: flat(WORDS[language]) for language in LANGUAGES}
    assert tables["en"].keys() == tables["id"].keys()
    blanks = {
        language: {path: {name for _, name, _, _ in Formatter().parse(text) if name} for path, text in table.items()}
        for language, table in tables.items()
    }
    assert blanks["en"] == blanks["id"]


def test_templates_use_words_that_are_there_and_no_word_is_unused() -> None:
    known = {f"words.{path}" for path in flat(EN)}
    tables = {path[: dot.start()] for path in known for dot in re.finditer(r"\.", path)}
    said = "".join(TEMPLATES.values())
    used = {path.removesuffix(".format") for path in re.findall(r"\bwords(?:\.[a-z]\w*)+", said)}
    assert used - known - tables == set()
    rooms = (*HERE.glob("*.py"), *(HERE.parent / "joint").glob("*.py"), HERE / "words" / "__init__.py")
    code = said + "".join(path.read_text() for path in rooms)
    looked_up = set(re.findall(r"\bwords\.(\w+)\[", said))  # by what the archive says, such as a run's outcome
    unused = {path for path in known - used if f'"{path.rpartition(".")[2]}"' not in code}
    assert {path for path in unused if path.split(".")[1] not in looked_up} == set()


def test_no_word_is_called_as_something_that_every_table_has() -> None:
    assert {part for path in flat(EN) for part in path.split(".")} & set(dir(dict)) == set()


@pytest.mark.parametrize(
    ("n", "english", "indonesian"),
    [
        (0, "0 articles", "0 artikel"),
        (1, "1 article", "1 artikel"),
        (2, "2 articles", "2 artikel"),
        (12345, "12,345 articles", "12.345 artikel"),
    ],
)
def test_counts_are_in_the_right_number(n: int, english: str, indonesian: str) -> None:
    assert (counted(EN, "articles", n), counted(ID, "articles", n)) == (english, indonesian)


@pytest.mark.parametrize(
    ("edits", "withdrawals", "english"),
    [
        (0, 0, "No edit and no withdrawal was noticed"),
        (0, 1, "1 withdrawal was noticed"),
        (0, 2, "2 withdrawals were noticed"),
        (1, 0, "1 edit was noticed"),
        (1, 1, "1 edit and 1 withdrawal were noticed"),
        (5, 1, "5 edits and 1 withdrawal were noticed"),
    ],
)
def test_what_was_noticed_is_a_right_sentence(edits: int, withdrawals: int, english: str) -> None:
    assert noticed(EN, edits, withdrawals) == english
    assert str(edits or withdrawals or "Belum") in noticed(ID, edits, withdrawals)


def test_times_are_told_as_the_language_does() -> None:
    at = "2025-08-01T00:05:00+00:00"
    assert in_words(at, 480, "Asia/Makassar", ID) == "1 Agustus 2025, 08.05 WITA"
    assert day_in_words(at, 480, "Asia/Makassar", ID) == "1 Agustus 2025"
    assert [month_in_words(label, ID) for label in ("2025-05", "2025-05-04")] == ["Mei 2025", "4 Mei 2025"]
    assert number(ID, 1000000) == "1.000.000"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("id", "id"),
        ("id-ID,id;q=0.9,en-US;q=0.8", "id"),
        ("en-GB, id;q=0.9", "en"),
        ("fr, in;q=0.5", "id"),
        ("fr, de", "en"),
        ("id;q=0, en;q=0.1", "en"),
        ("id;q=viel, ,;q=", "en"),
    ],
)
def test_the_browser_chooses_the_language(header: str, language: str) -> None:
    assert spoken(header) == language


def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() -> None:
    assert visitor({}, {"_lang": "en"}, "id").language == "en"
    assert visitor({"_lang": "id"}, {"_lang": "en"}, "en").language == "id"
    assert visitor({"_lang": "xx", "_theme": "pink"}, {"_theme": "dark"}, "id").theme == "dark"
    assert visitor({"_lang": "xx"}, {}, "id").language == "id"


def test_only_what_there_is_becomes_a_cookie() -> None:
    assert cookies("_lang=xx&_theme=%0d%0aX: y", "/") == []
    assert [cookie.partition(";")[0] for cookie in cookies("_theme=dark&q=a&_lang=id", "/arsip/")] == [
        "_lang=id",
        "_theme=dark",
    ]
    assert all("Path=/arsip/" in cookie for cookie in cookies("_theme=dark&_lang=id", "/arsip/"))


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_speaks_the_visitors_language(site: Site, path: str) -> None:
    indonesian, english = site.get(path, Accept_Language="id"), site.get(path)
    assert (html.fromstring(indonesian.text).get("lang"), html.fromstring(english.text).get("lang")) == ("id", "en")
    assert "Arsip berita" in indonesian.text
    assert "The news archive" not in indonesian.text
    assert "The news archive" in english.text


def test_a_choice_is_kept(site: Site) -> None:
    answer = site.get(f"/article/{id_of('panen')}?_lang=id&_theme=dark")
    tree = html.fromstring(answer.text)
    assert (tree.get("lang"), tree.get("data-theme")) == ("id", "dark")
    again = html.fromstring(site.get("/", Cookie="_lang=id; _theme=dark").text)
    assert (again.get("lang"), again.get("data-theme")) == ("id", "dark")
    assert "_theme=dark" in answer.headers["set-cookie"]
    assert again.xpath("//a[@hreflang='en']/@href") == ["/?_lang=en"]


def test_what_is_english_or_of_the_archive_says_so_on_an_indonesian_page(site: Site) -> None:
    tree = html.fromstring(site.get("/archive/runs", Accept_Language="id").text)
    assert tree.xpath("//main/p[@class='standfirst']/@lang") == ["en"]
    article = html.fromstring(site.get(f"/article/{id_of('panen')}").text)
    assert article.xpath("//article//h1/@lang | //div[@class='text']/@lang") == ["id", "id"]


def test_times_have_utc_behind_them(site: Site) -> None:
    times = html.fromstring(site.get(f"/article/{id_of('panen')}").text).xpath("//p[@class='byline']/time")
    assert (times[0].text, times[0].get("title"), times[0].get("datetime")) == (
        "1 July 2025, 00:30 WITA",
        "2025-06-30 16:30:00 UTC",
        "2025-06-30T16:30:00+00:00",
    )
    cells = html.fromstring(site.get("/archive/revisions").text).xpath("//td//time")
    assert {(cell.text.rpartition(" ")[2], cell.get("title").rpartition(" ")[2]) for cell in cells} == {("WITA", "UTC")}
