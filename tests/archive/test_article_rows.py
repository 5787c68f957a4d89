"""An article as a row and back: every field has its column, nothing is lost on the way."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.article_rows import (
    COLUMNS,
    KEPT,
    TOUCHED,
    carry_over,
    columns_of,
    content_of,
    differing,
    origins_of,
    stored_content,
)
from archive.version import SCHEMA
from kickcrawl.article import Article, Claim, Image, Moment, RelatedLink
from kickcrawl.fields import FIELDS
from kickcrawl.reading import Reading
from tests.support.storing import shelf_in

WHOLE = Article(
    url="https://warta.example/panen-bawang",
    title="Panen bawang di Sembalun",
    text="Petani memanen bawang.\n\nHarga naik.",
    authors=("Rina", "Dewi"),
    sections=("Ekonomi", "Lombok Timur"),
    tags=("bawang",),
    language="id",
    published_at=datetime(2025, 7, 14, 1, tzinfo=UTC),
    published_offset=480,
    modified_at=datetime(2025, 7, 14, 3, tzinfo=UTC),
    images=(Image(url="https://warta.example/a.jpg", caption="Petani"), Image(url="https://warta.example/b.jpg")),
    related=(RelatedLink(url="https://warta.example/lama", title="Lama"),),
    dateline="Sembalun,",
    initials="(rn)",
    native_id="17",
    origins={"title": "rest", "authors": "rest", "published_at": "rest", "language": "json-ld"},
)


# The row of WHOLE, as it was fetched two days later.
STORED = columns_of(WHOLE) | {"first_seen_at": "2025-07-16T01:00:00+00:00"}


def columns_in_schema(table: str) -> set[str]:
    lines = re.search(rf"CREATE TABLE {table} \((.*?)\n\) STRICT", SCHEMA.read_text(), re.DOTALL)
    assert lines is not None, table
    return set(re.findall(r"^ {4}([a-z]\w*) +(?:TEXT|INTEGER|REAL)", lines[1], re.MULTILINE))


def test_every_field_is_a_column_and_the_archive_fills_all_others() -> None:
    assert {*COLUMNS} | {"key", "id", "first_seen_at", "last_seen_at", "gone_at"} == columns_in_schema("articles")
    assert {*KEPT} < columns_in_schema("revisions_kept")
    assert {*TOUCHED} < {*COLUMNS}


def test_stored_content_is_the_content_of_the_article() -> None:
    assert stored_content(columns_of(WHOLE)) == content_of(WHOLE)
    assert content_of(WHOLE)["captions"] == ("Petani",)


def test_article_of_which_all_sources_are_silent_keeps_what_they_said_before() -> None:
    bare = Article(url=WHOLE.url, title=WHOLE.title, text=WHOLE.text, origins={"title": "markup"})
    kept = carry_over(STORED, bare)
    for field in FIELDS:
        if field.is_claimed:
            assert getattr(kept, field.name) == getattr(WHOLE, field.name), field.name
    assert kept.published_offset == 480
    assert kept.origins == {"authors": "rest", "language": "json-ld", "published_at": "rest", "title": "markup"}


def test_modified_time_of_another_text_is_not_kept() -> None:
    edited = Article(url=WHOLE.url, title=WHOLE.title, text="Harga turun.")
    assert carry_over(STORED, edited).modified_at is None


def test_publish_time_behind_the_first_fetch_is_that_of_an_edit() -> None:
    late = Moment(datetime(2025, 8, 1, 1, tzinfo=UTC), 480)
    edited = replace(WHOLE, published_at=late.at, published_offset=late.offset, origins={"published_at": "json-ld"})
    kept = carry_over(STORED, edited)
    assert (kept.published_at, kept.published_offset) == (WHOLE.published_at, 480)
    assert kept.origins["published_at"] == "rest"
    assert kept.disagreements == (Claim(field="published_at", source="json-ld", value=late),)


def test_publish_time_before_the_first_fetch_is_corrected() -> None:
    earlier = replace(WHOLE, published_at=datetime(2025, 7, 15, 1, tzinfo=UTC))
    assert carry_over(STORED, earlier).published_at == earlier.published_at
    never = STORED | {"published_at": "2026-07-14T01:00:00+00:00"}  # stored with a wrong year, a year ahead
    assert carry_over(never, earlier).published_at == earlier.published_at


def test_order_of_names_is_no_difference_and_an_address_is_none() -> None:
    row = STORED | {"authors": json.dumps(["Dewi", "Rina"]), "url": "https://warta.example/lama"}
    assert differing(row, WHOLE) == ()
    assert differing(row | {"initials": None, "text": "Petani."}, WHOLE) == ("text", "initials")


def test_list_columns_come_back_from_the_archive_as_they_were(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("panen", "Petani memanen.", authors=("Rina",), images=WHOLE.images)
        row = shelf.archive.row("SELECT * FROM articles")
    assert row is not None
    assert stored_content(row)["authors"] == ("Rina",)
    assert stored_content(row)["captions"] == ("Petani",)


def test_origins_say_where_the_text_stood_whatever_its_length() -> None:
    paths = ("html/body/div.isi", "html/body/div.isi/p", "html/body/div.isi/p.lead")
    found = [origins_of(replace(WHOLE, reading=Reading(body=path)))["text"] for path in paths]
    assert found == ["html/body/div.isi"] * 3
    assert "text" not in origins_of(replace(WHOLE, reading=Reading(body=None)))
