"""The ledger of rights: a statement holds from its first reading to the first that lacks it; filters see what holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.accounts.rights import observed_rights
from archive.query.choice import Choice
from archive.query.choose import choose
from archive.query.reserved import MAX_STARS, glob
from archive.rights import note, rights_of_address
from kickcrawl.statement import Statement
from tests.support.storing import Shelf, id_of, shelf_in, url_of

TDMREP = "https://warta.example/.well-known/tdmrep.json"
BY = Statement(source="link", kind="licence", value="https://creativecommons.org/licenses/by/4.0/")
OWN = Statement(source="text", kind="rights", value="© 2025 Warta")
RESERVED = Statement(source="meta", kind="tdm-reservation", value="1")
FREE = Statement(source="header", kind="tdm-reservation", value="0")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        for slug in ("padi", "berita/kopi", "berita/[7]?a"):
            shelf.put(slug, f"Berita tentang {slug}.")
        shelf.put("padi", "Di kabar.", outlet="kabar")
        yield shelf


def say(shelf: Shelf, slug: str, *statements: Statement, day: int = 1, outlet: str = "warta") -> None:
    at = f"2025-08-{day:02}T00:00:00+00:00"
    note(shelf.archive, outlet, "article", id_of(slug, outlet), statements, 1, at)


def say_on_site(shelf: Shelf, *rules: tuple[str, str], day: int = 1) -> None:
    statements = [Statement(source="tdmrep.json", kind="tdm-reservation", value=v, whom=whom) for whom, v in rules]
    note(shelf.archive, "warta", "site", TDMREP, statements, 1, f"2025-08-{day:02}T00:00:00+00:00")


def chosen(shelf: Shelf, **asked: object) -> set[str]:
    keys = choose(shelf.archive, Choice(**asked), order="oldest")  # type: ignore[arg-type]
    urls = {row["key"]: row["url"] for row in shelf.archive.rows("SELECT key, url FROM articles")}
    return {urls[key].removeprefix("https://") for key in keys}


ALL = {"warta.example/padi", "warta.example/berita/kopi", "warta.example/berita/[7]?a", "kabar.example/padi"}


def test_statement_holds_until_a_reading_lacks_it_and_comes_back_as_a_new_row(shelf: Shelf) -> None:
    for day, statements in enumerate([(BY, OWN), (BY,), (BY, OWN), (OWN,)], start=1):
        say(shelf, "padi", *statements, day=day)
    rows = shelf.archive.rows("SELECT kind, first_seen_at, last_seen_at, ended_at FROM rights ORDER BY id")
    days = [tuple(value and value[8:10] for value in tuple(row)[1:]) for row in rows]
    assert [row["kind"] for row in rows] == ["licence", "rights", "rights"]
    assert days == [("01", "03", "04"), ("01", "01", "02"), ("03", "04", None)]
    assert rights_of_address(shelf.archive, url_of("padi")) == [OWN]
    assert rights_of_address(shelf.archive, url_of("padi", "kabar")) == []


def test_same_reading_twice_changes_nothing(shelf: Shelf) -> None:
    for _ in range(2):
        say(shelf, "padi", BY, RESERVED)
    assert shelf.archive.count("SELECT count(*) FROM rights") == 2


def test_licence_is_found_by_any_part_of_it_while_it_holds(shelf: Shelf) -> None:
    say(shelf, "padi", BY)
    say(shelf, "padi", OWN, outlet="kabar")
    assert chosen(shelf, licence="LICENSES/BY/") == {"warta.example/padi"}
    assert chosen(shelf, licence="by-nc") == set()
    say(shelf, "padi", OWN, day=2)
    assert chosen(shelf, licence="licenses/by/") == set()


@pytest.mark.parametrize(
    ("statement", "is_reserved"),
    [
        (RESERVED, True), (FREE, False), (BY, False),
        (Statement(source="meta", kind="robots", value="noai"), True),
        (Statement(source="header", kind="robots", value="noarchive"), True),
        (Statement(source="header", kind="robots", value="noarchive", whom="otherbot"), False),
        (Statement(source="meta", kind="robots", value="noindex"), False),
    ],
)  # fmt: skip
def test_article_is_reserved_by_what_its_page_says_now(shelf: Shelf, statement: Statement, is_reserved: bool) -> None:
    say(shelf, "padi", statement)
    assert chosen(shelf, without_reserved=True) == ALL - ({"warta.example/padi"} if is_reserved else set())
    assert observed_rights(shelf.archive, "warta").reserved == is_reserved
    say(shelf, "padi", day=2)
    assert chosen(shelf, without_reserved=True) == ALL


@pytest.mark.parametrize(
    ("rules", "reserved"),
    [
        ([], set()),
        ([("/", "1")], {"padi", "berita/kopi", "berita/[7]?a"}),
        ([("/berita/", "1")], {"berita/kopi", "berita/[7]?a"}),
        ([("/*/kopi$", "1")], {"berita/kopi"}),
        ([("/berit$", "1")], set()),
        ([("/berita/[7]?", "1")], {"berita/[7]?a"}),
        ([("/*", "1"), ("/berita/*", "0")], {"padi"}),
        ([("/padi", "0"), ("/pad*", "1")], {"padi"}),  # as long: what reserves counts
        ([("/berita/*o*p*i*tidak*ada", "1")], {"berita/kopi"}),  # more stars than are read
        ([("/", "1"), ("/berita/*o*p*i*x*y", "0")], {"padi", "berita/kopi", "berita/[7]?a"}),
    ],
)
def test_site_reserves_by_its_longest_location_that_fits(
    shelf: Shelf, rules: list[tuple[str, str]], reserved: set[str]
) -> None:
    say_on_site(shelf, *rules)
    assert chosen(shelf, without_reserved=True) == ALL - {f"warta.example/{slug}" for slug in reserved}
    say_on_site(shelf, day=2)
    assert chosen(shelf, without_reserved=True) == ALL


def test_page_outweighs_the_file_of_its_site(shelf: Shelf) -> None:
    say_on_site(shelf, ("/", "1"))
    say(shelf, "padi", FREE)
    assert chosen(shelf, without_reserved=True) == {"warta.example/padi", "kabar.example/padi"}


def test_location_of_many_stars_is_cut_to_a_pattern_that_is_quick() -> None:
    assert glob(TDMREP, "/*" * 50 + "$").count("*") == MAX_STARS + 1


def test_rights_are_counted_for_datasheets(shelf: Shelf) -> None:
    say(shelf, "padi", BY, OWN)
    say(shelf, "berita/kopi", OWN)
    say_on_site(shelf, ("/x", "1"))
    seen = observed_rights(shelf.archive, "warta")
    assert (seen.pages, seen.statements) == (3, {"text: rights: © 2025 Warta": 2, f"link: licence: {BY.value}": 1})
    assert [(one.where, one.what) for one in seen.site] == [(TDMREP, "tdmrep.json: tdm-reservation (/x): 1")]
    assert observed_rights(shelf.archive, "warta", newest=2).pages == 2
