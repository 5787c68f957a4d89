"""`kickcrawl verify --since HEAD`: what came after a head that was noted is checked, and nothing else."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.articles import record
from archive.captures import Captures
from archive.chain import NOTHING
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.runs import end_run, start_run
from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from kickcrawl.article import Article
from spiders.cli import main
from tests.support.exchanges import INFO, exchange
from tests.support.storing import NOW, OUTLET


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of two runs, each of which has captured and stored two articles."""
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        crawl(archive, 1, 2)
        crawl(archive, 3, 4)
        yield archive


def crawl(archive: Archive, *numbers: int) -> None:
    """Let a run of one outlet capture and store the articles of these numbers."""
    run_id = start_run(archive, OUTLET, {}, NOW)
    captures = Captures(warc_folder(archive.path))
    captures.begin(archive, "warta", run_id, INFO)
    for number in numbers:
        fetched = exchange(number)
        capture_id = captures.keep(archive, "warta", run_id, fetched)
        article = Article(url=fetched.url, title=f"Berita {number}", text=f"Warga dusun {number} bergotong royong.")
        with archive.transaction():
            record(
                archive,
                Arrival(
                    article=article,
                    outlet="warta",
                    requested_url=fetched.url,
                    run_id=run_id,
                    capture_id=capture_id,
                    fetched_at=fetched.fetched_at,
                ),
            )
    end_run(archive, run_id, "complete", NOW, counts={}, seeds=[])
    captures.end(archive, "warta")


def head_of(archive: Archive, run_id: int) -> str:
    return archive.text("SELECT chain_head FROM runs WHERE id = :id", {"id": run_id}) or ""


def verify(archive: Archive, *words: str) -> Result:
    return CliRunner().invoke(main, ["verify", "--archive", str(archive.path), *words])


def flip(archive: Archive, run_id: int) -> None:
    """Change a byte in the first record that a run captured."""
    [path] = files_of(warc_folder(archive.path))
    offset = archive.count("SELECT min(offset) FROM captures WHERE run_id = :run", {"run": run_id}) + 40
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def test_what_came_since_is_counted_and_the_rest_is_named(archive: Archive) -> None:
    found = json.loads(verify(archive, "--since", head_of(archive, 1), "--json").stdout)
    counts = {name: found[name] for name in ("articles", "revisions", "captures", "records", "links")}
    assert counts == {"articles": 2, "revisions": 2, "captures": 2, "records": 5, "links": 3}
    assert found["head"] == head_of(archive, 2)
    said = verify(archive, "--since", head_of(archive, 1)).stdout
    assert "left out: what was stored up to link 3 of the chain, " in said


def test_nothing_came_since_the_last_head(archive: Archive) -> None:
    found = json.loads(verify(archive, "--since", head_of(archive, 2), "--json").stdout)
    assert (found["revisions"], found["records"], found["links"]) == (0, 0, 0)


def test_all_came_since_the_head_of_an_empty_chain(archive: Archive) -> None:
    found = json.loads(verify(archive, "--since", NOTHING, "--json").stdout)
    assert (found["revisions"], found["links"]) == (4, 6)
    assert "up to link" not in found["left_out"]


@pytest.mark.parametrize("run_id", [1, 2])
def test_only_what_was_changed_since_is_a_fault(archive: Archive, run_id: int) -> None:
    archive.write("UPDATE revisions_kept SET title = 'Lain' WHERE run_id = :run", {"run": run_id})
    assert verify(archive, "--since", head_of(archive, 1)).exit_code == run_id - 1


@pytest.mark.parametrize("run_id", [1, 2])
def test_only_a_record_that_was_changed_since_is_a_fault(archive: Archive, run_id: int) -> None:
    flip(archive, run_id)
    assert verify(archive, "--since", head_of(archive, 1)).exit_code == run_id - 1
    assert verify(archive).exit_code == 1


def test_revision_past_the_chain_is_a_fault(archive: Archive) -> None:
    archive.write(
        "INSERT INTO revisions_kept SELECT article_id, 9, title, text, authors, sections, tags, images, modified_at, "
        "recorded_at, cause, changed, capture_id, run_id FROM revisions LIMIT 1"
    )
    assert "was added past the chain" in verify(archive, "--since", head_of(archive, 1)).stderr


def test_captures_of_a_run_that_goes_on_are_looked_at(archive: Archive) -> None:
    head = head_of(archive, 2)
    run_id = start_run(archive, OUTLET, {}, NOW)
    captures = Captures(warc_folder(archive.path))
    captures.begin(archive, "warta", run_id, INFO)
    captures.keep(archive, "warta", run_id, exchange(5))
    captures.end(archive, "warta")
    found = json.loads(verify(archive, "--since", head, "--json").stdout)
    assert (found["captures"], found["records"]) == (1, 3)
    flip(archive, run_id)
    assert verify(archive, "--since", head).exit_code == 1


@pytest.mark.parametrize(
    ("head", "status", "sentence"),
    [
        (f"sha256:{'ab' * 32}", 1, "the chain has never had the head"),
        ("sha256:ab", 2, "is no head"),
        ("besok", 2, "is no head"),
    ],
)
def test_other_heads_are_refused_with_a_sentence(archive: Archive, head: str, status: int, sentence: str) -> None:
    result = verify(archive, "--since", head)
    assert (result.exit_code, result.stdout) == (status, "")
    [line] = result.stderr.splitlines()
    assert sentence in line


def test_since_and_expect_are_not_asked_together(archive: Archive) -> None:
    assert verify(archive, "--since", head_of(archive, 1), "--expect", head_of(archive, 1)).exit_code == 2
