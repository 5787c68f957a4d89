"""The chain: a link for each revision and each run, each made from the one before."""

import hashlib
import json
from pathlib import Path

from archive.captures import Capture, store_capture, store_records
from archive.chain import NOTHING, link_dead_runs, next_head, read_head
from archive.runs import end_run, start_run
from archive.verify.chain import chain_checks
from archive.verify.checks import run_checks
from archive.warc.files import Location
from tests.support.storing import KEPT, NOW, OUTLET, Shelf, id_of, shelf_in, url_of


def links(shelf: Shelf) -> list[tuple[str, str]]:
    return [(row["kind"], row["subject"]) for row in shelf.archive.rows("SELECT * FROM chain ORDER BY position")]


def checked_links(shelf: Shelf) -> int:
    return sum(run_checks(shelf.archive, chain_checks(shelf.archive, 0, expect=None)))


def end(shelf: Shelf, run_id: int = 1) -> str:
    return end_run(shelf.archive, run_id, "complete", NOW, counts={}, seeds=[])


def test_empty_archive_has_an_empty_chain(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        assert read_head(shelf.archive) == NOTHING
        assert checked_links(shelf) == 0


def test_each_revision_and_each_run_has_a_link_and_an_unchanged_page_none(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Panen padi di Sukarara.")
        shelf.put("padi", "Panen padi di Sukarara.")
        shelf.put("cabai", "Harga cabai turun.")
        shelf.put("padi", "Panen padi di Sukarara ditunda.")
        end(shelf)
        padi, cabai = id_of("padi"), id_of("cabai")
        assert links(shelf) == [
            ("revision", f"{padi}@1"), ("revision", f"{cabai}@1"), ("revision", f"{padi}@2"),
            ("captures", "run 1: 1 records"),
        ]  # fmt: skip
        assert checked_links(shelf) == 4


def test_head_can_be_computed_by_anyone_from_the_links(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Panen padi di Sukarara.")
        shelf.put("cabai", "Harga cabai turun.")
        head = "sha256:" + "0" * 64
        for row in shelf.archive.rows("SELECT * FROM chain ORDER BY position"):
            told = json.dumps([head, row["kind"], row["subject"], row["digest"]], separators=(",", ":"))
            head = f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"
            assert row["head"] == head
        assert read_head(shelf.archive) == head


def test_any_part_of_a_link_changes_the_head() -> None:
    parts = (NOTHING, "revision", "a@1", "sha256:1")
    heads = {next_head(*parts[:at], f"{parts[at]}x", *parts[at + 1 :]) for at in range(4)}
    assert len(heads | {next_head(*parts)}) == 5


def test_head_after_a_run_is_kept_with_it(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        shelf.put("padi", "Panen padi di Sukarara.")
        head = end(shelf)
        assert head == read_head(shelf.archive)
        assert shelf.archive.value("SELECT chain_head FROM runs WHERE id = 1") == head


def test_run_that_died_is_linked_when_its_files_are_mended(tmp_path: Path) -> None:
    with shelf_in(tmp_path) as shelf:
        run_id = start_run(shelf.archive, OUTLET, {}, NOW)
        fetched = Capture(run_id=run_id, url=url_of("padi"), fetched_at=NOW.isoformat(), **KEPT)
        store_capture(shelf.archive, fetched)
        place = Location("warta-20250714T010000Z.warc.gz", 100, 10, "sha256:1")
        store_records(shelf.archive, [place], run_id)
        start_run(shelf.archive, OUTLET, {}, NOW)
        link_dead_runs(shelf.archive, "lain")
        assert links(shelf) == []
        for _ in range(2):
            link_dead_runs(shelf.archive, OUTLET["slug"])
            assert links(shelf) == [("captures", "run 1: 2 records")]
        assert checked_links(shelf) == 1
