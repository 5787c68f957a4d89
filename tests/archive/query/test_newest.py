"""The newest articles that hold words of many: read in a few places of the index, they are the same as read whole."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.condition import condition
from archive.query.newest import is_of_many, newest, together
from tests.support.storing import shelf_in, url_of

COUNT = 400  # articles, published in the order :step makes of their keys
_COLUMNS = """
    outlet, title, authors, section, sections, tags, first_seen_at, last_seen_at, images, related, words, digest,
    revision, origins, disagreements, extractor, capture_id
"""
_COPY = f"""
    WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < :count)
    INSERT INTO articles ({_COLUMNS}, text, id, url, published_at)
    SELECT {_COLUMNS}, iif(n.value % 5, text, 'Gempa.'), printf('%012x', n.value), url || n.value,
           date('2024-01-01', n.value * :step % :count || ' days') || 'T00:00:00+00:00'
    FROM articles, n WHERE url = :url
"""
_PLAIN = """
    SELECT key, published_at FROM articles WHERE {where} ORDER BY published_at DESC, key DESC LIMIT :most
"""


@pytest.fixture(
    scope="module", params=[1, COUNT - 1, 61], ids=["stored in order", "stored newest first", "stored in any order"]
)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with shelf_in(tmp_path_factory.mktemp("newest")) as shelf:
        shelf.put("banjir", "Banjir di kota.", title="Kabar", sections=("Desa",))
        values = {"count": COUNT, "step": request.param, "url": url_of("banjir")}
        shelf.archive.write(_COPY, values)
        shelf.archive.write("UPDATE articles SET published_at = NULL WHERE key % 50 = 3")
        yield shelf.archive


@pytest.mark.parametrize("most", [1, 7, 60, 100])
@pytest.mark.parametrize(
    ("choice", "where"),
    [
        (Choice(words="banjir"), "text LIKE 'Banjir%'"),
        (Choice(words="NOT gempa"), "text NOT LIKE 'Gempa%'"),
        (Choice(words="banj*"), "text LIKE 'Banjir%'"),
        (Choice(words='"banjir di"', section="desa"), "text LIKE 'Banjir%'"),
        (Choice(words="banjir", section="kota"), "0"),
    ],
    ids=["a word", "a denial", "a beginning", "a phrase in a section", "in a section that none has"],
)
def test_newest_are_the_same_as_of_a_plain_question(archive: Archive, choice: Choice, where: str, most: int) -> None:
    asked = condition(archive, choice)
    assert is_of_many(archive, asked, most)
    expected = archive.rows(_PLAIN.format(where=where), {"most": most})
    assert list(map(tuple, newest(archive, asked, most))) == list(map(tuple, expected))


def test_word_of_few_is_not_of_many(archive: Archive) -> None:
    assert not is_of_many(archive, condition(archive, Choice(words="gempa")), 7)
    assert not is_of_many(archive, condition(archive, Choice(outlet="warta")), 7)


@given(st.sets(st.integers(1, 10_000)), st.integers(1, 8))
def test_places_hold_all_keys_and_are_few(keys: set[int], most: int) -> None:
    places = together(keys, most)
    assert {key for key in keys if any(first <= key <= last for first, last in places)} == keys
    assert len(places) <= most
    assert all(last < first for (_, last), (first, _) in zip(places, places[1:], strict=False))


def test_places_leave_out_the_widest_gaps() -> None:
    assert together([1, 2, 10, 11, 100, 50], 3) == [(1, 11), (50, 50), (100, 100)]
