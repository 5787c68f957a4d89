"""On what condition an answer is asked for again: by what its address answered, and what is known of its article."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.captures import Captures
from archive.database import Archive, open_archive
from archive.replay.held import ask, doubted_kinds, read_held
from archive.runs import start_run
from archive.warc.owner import warc_folder
from archive.warc.records import Exchange
from kickcrawl.fingerprint import bytes_digest
from tests.support.storing import NOW, OUTLET

BODY = b"<html><body><h1>Panen bawang</h1></body></html>"
URL = "https://warta.example/panen"
ANSWER = Exchange(
    url=URL, fetched_at="2025-07-14T01:00:00+00:00", status=200, body=BODY, digest=bytes_digest(BODY),
    headers=(("Etag", '"a"'), ("Content-Type", "text/html")),
)  # fmt: skip
SENT = {"If-None-Match": '"a"'}


class Shelf:
    """An archive into which answers are put as a crawl does."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.run_id = start_run(archive, OUTLET, {}, NOW)
        self.captures = Captures(warc_folder(archive.path))
        self.captures.begin(archive, "warta", self.run_id, {})

    def put(self, *answers: Exchange) -> None:
        for answer in answers:
            self.captures.keep(self.archive, "warta", self.run_id, answer)

    def asks(self, url: str = URL, candidate: str | None = None) -> dict[str, str]:
        condition = ask(self.archive, "warta", url, candidate, doubted_kinds(self.archive, "warta"))
        return condition.headers if condition is not None else {}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        shelf = Shelf(archive)
        yield shelf
        shelf.captures.end(archive, "warta")


def test_held_answer_comes_back_as_it_was(shelf: Shelf) -> None:
    shelf.put(ANSWER, ANSWER)
    condition = ask(shelf.archive, "warta", URL, None, ())
    assert condition is not None
    assert (condition.headers, condition.digest) == (SENT, ANSWER.digest)
    held = read_held(shelf.archive, condition.capture_id)
    assert (held.status, held.headers, held.body) == (200, ANSWER.headers, BODY)


def test_answer_not_modified_refers_to_the_body_and_has_its_type(shelf: Shelf) -> None:
    shelf.put(ANSWER, ANSWER, replace(ANSWER, status=304, body=b"", headers=(("Etag", '"a"'),)))
    row = shelf.archive.row("SELECT * FROM captures WHERE status = 304")
    assert row is not None
    told = (row["digest"], row["length"], row["original_id"], row["content_type"])
    assert told == (ANSWER.digest, len(BODY), 1, "text/html")


UNFIT: dict[str, Exchange] = {
    "a browser had built it": replace(ANSWER, is_dom=True),
    "its end did not come": replace(ANSWER, is_cut=True),
    "its headers count the posts": replace(ANSWER, headers=(*ANSWER.headers, ("X-Wp-Total", "12"))),
    "it is empty": replace(ANSWER, body=b"", digest=bytes_digest(b"")),
}


@pytest.mark.parametrize("answer", UNFIT.values(), ids=UNFIT)
def test_answer_that_could_not_be_shown_again_is_asked_for(shelf: Shelf, answer: Exchange) -> None:
    shelf.put(answer, answer)
    assert shelf.asks() == {}


def test_answer_whose_record_is_damaged_is_asked_for(shelf: Shelf) -> None:
    shelf.put(ANSWER, ANSWER)
    [file] = warc_folder(shelf.archive.path).iterdir()
    file.write_bytes(file.read_bytes()[:400])
    assert shelf.asks() == {}


CANDIDATES: dict[str, tuple[str | None, str | None, str | None, bool]] = {
    "unchanged since": ("2025-07-10T00:00:00+00:00", "2025-07-13T01:00:00+00:00", None, True),
    "no seed names times": (None, "2025-07-13T01:00:00+00:00", None, True),
    "edited since": ("2025-07-14T00:30:00+00:00", "2025-07-13T01:00:00+00:00", None, False),
    "edited on that day": ("2025-07-13T00:00:00+00:00", "2025-07-13T01:00:00+00:00", None, False),
    "in doubt": (None, "2025-07-13T01:00:00+00:00", "block-page", False),
    "never read": (None, None, None, False),
}


@pytest.mark.parametrize(("modified", "checked", "doubt", "is_asked"), CANDIDATES.values(), ids=CANDIDATES)
def test_page_is_asked_for_in_full_where_its_article_may_have_changed(
    shelf: Shelf, modified: str | None, checked: str | None, doubt: str | None, is_asked: bool
) -> None:
    shelf.put(ANSWER, ANSWER)
    shelf.archive.write(
        "INSERT INTO frontier (url, outlet, state, due_at, first_named_at, last_named_at,"
        " modified_at, checked_at, doubt)"
        " VALUES (:url, 'warta', 'due', '', '', '', :modified, :checked, :doubt)",
        {"url": URL, "modified": modified, "checked": checked, "doubt": doubt},
    )
    assert shelf.asks(candidate=URL) == (SENT if is_asked else {})
    assert shelf.asks(f"{URL}?halaman=2", candidate=URL) == {}


def test_kind_that_lied_at_one_address_is_doubted_at_the_others(shelf: Shelf) -> None:
    shelf.put(ANSWER, ANSWER)
    assert shelf.asks() == SENT
    liar = replace(ANSWER, url="https://warta.example/")
    shelf.put(liar, replace(liar, body=b"lain", digest=bytes_digest(b"lain")))
    assert doubted_kinds(shelf.archive, "warta") == {"etag"}
    assert shelf.asks() == {}
    assert shelf.asks(liar.url) == {}
    shelf.put(*[ANSWER] * 4)
    assert shelf.asks() == SENT
