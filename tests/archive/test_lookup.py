"""One article by its id, the first digits of it, or an address: found by indexes, whatever the archive's size."""

from pathlib import Path

import pytest

from archive import lookup
from archive.lookup import find_record
from kickcrawl.errors import UsageError
from tests.support.storing import id_of, shelf_in


def test_article_is_found_by_id_by_first_digits_and_by_address(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
        shelf.put("jagung", "Petani memanen jagung.")
        found = find_record(shelf.archive, id_of("padi"))
        assert found is not None
        assert found["title"] == "Padi"
        for name in (id_of("padi")[:4], id_of("padi")[:11], found["url"]):
            assert find_record(shelf.archive, name) == found
        for name in (id_of("padi")[:3], id_of("padi") + "0", "padi", ""):
            assert find_record(shelf.archive, name) is None


def test_digits_that_begin_several_ids_are_refused_and_a_whole_id_is_not(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Petani memanen padi.")
        shelf.put("jagung", "Petani memanen jagung.")
        shelf.archive.write("PRAGMA foreign_keys = OFF")
        shelf.archive.write("UPDATE articles SET id = 'abcd' || substr(id, 5)")
        with pytest.raises(UsageError, match="begins several ids"):
            find_record(shelf.archive, "abcd")


def test_no_table_is_read_whole(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        plan = shelf.archive.rows(f"EXPLAIN QUERY PLAN {lookup._FIND}", {"name": "abcd", "digits": 4})
    assert [row["detail"] for row in plan if row["detail"].startswith("SCAN")] == []
