"""The counts of authors, tags and months are kept: whatever becomes of the articles, they are what counting gives."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.storing import Shelf, shelf_in

_COUNTED = """
    WITH dated AS (
        SELECT *, coalesce(published_offset, 0) || ' minutes' AS shift FROM articles
    ), named AS (
        SELECT DISTINCT 'authors' AS kind, j.value AS name, outlet, d.key, words, date(published_at, shift) AS day
        FROM dated d, json_each(authors) j
        UNION ALL
        SELECT DISTINCT 'tags', j.value, outlet, d.key, words, date(published_at, shift) FROM dated d, json_each(tags) j
        UNION ALL
        SELECT DISTINCT 'sections', json_array(j.value, section), outlet, d.key, words, NULL
        FROM dated d, json_each(authors) j
        UNION ALL
        SELECT 'section', coalesce(section, ''), outlet, key, words, NULL FROM dated
        UNION ALL
        SELECT 'month', coalesce(strftime('%Y-%m', published_at, shift), ''), outlet, key, words, NULL FROM dated
    )
    SELECT kind, name, outlet, count(*), sum(words), min(day), max(day) FROM named GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_KEPT = "SELECT * FROM articles_counts ORDER BY kind, name, outlet"
_NAMES = st.lists(st.sampled_from(["Ani", "ani", "Budi", "O'Neil", 'Si "Bul"']), max_size=4)
_TIMES = st.sampled_from(
    [None, *(datetime(2025, 7, day, 17, tzinfo=UTC) for day in (28, 29, 30, 31)), datetime(2025, 1, 1, tzinfo=UTC)]
)
_OFFSETS = st.sampled_from([-720, 0, 480, 840])  # so that an earlier time may have the later day
_STEPS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.booleans(), _NAMES, _NAMES, _TIMES, _OFFSETS), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with shelf_in(tmp_path_factory.mktemp("names")) as shelf:
        yield shelf


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(_STEPS)
def test_kept_counts_are_those_that_counting_gives(
    shelf: Shelf, steps: list[tuple[str, bool, list[str], list[str], datetime | None, int]]
) -> None:
    """Articles come, are edited and go, names are written twice or in other letters."""
    archive = shelf.archive
    for slug, is_kept, authors, tags, at, offset in steps:
        text = f"Kabar {slug} {' '.join(tags)}."
        shelf.put(
            slug, text, authors=tuple(authors), tags=tuple(tags), sections=tuple(tags[:1]), published_at=at,
            published_offset=offset if at else None,
        )  # fmt: skip
        if not is_kept:
            archive.write("PRAGMA foreign_keys = OFF")
            archive.write("DELETE FROM articles WHERE url LIKE :end", {"end": f"%/{slug}"})
            for table in ("article_urls", "revisions_kept"):
                archive.write(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles)")
        assert [*map(tuple, archive.rows(_KEPT))] == [*map(tuple, archive.rows(_COUNTED))]


def test_another_text_costs_the_same_however_many_names_are_counted(shelf: Shelf) -> None:
    """Steps of SQLite's machine: the counts of others were each looked at."""
    archive = shelf.archive
    shelf.put("mahal", "Satu kata.", authors=("Ani",), published_at=datetime(2025, 7, 28, tzinfo=UTC))
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    def cost(words: int) -> int:
        steps[0] = 0
        archive.connection.set_progress_handler(step, 1)
        archive.write("UPDATE articles SET words = :words WHERE url LIKE '%mahal'", {"words": words})
        archive.connection.set_progress_handler(None, 0)
        return steps[0]

    before = cost(7)
    others = [("tags", f"nama {number}", "warta", 1, 1, "2025-07-28", "2025-07-28") for number in range(500)]
    archive.write_many("INSERT INTO articles_counts VALUES (?, ?, ?, ?, ?, ?, ?)", others)
    after = cost(8)
    archive.write("DELETE FROM articles_counts WHERE name LIKE 'nama %'")
    assert after < before * 1.5
