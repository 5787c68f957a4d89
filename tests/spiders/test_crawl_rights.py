"""What an outlet says of rights is kept with time and capture, obeyed where it forbids, and the same in a rebuild."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.warc.files import members
from archive.warc.records import WITHHELD, decode
from spiders.cli import main
from tests.newsroom import Newsroom, serve
from tests.newsroom.rights import HOLDER, LICENCE
from tests.support.crawling import crawl, rows, value

pytestmark = pytest.mark.crawl

LEDGER = """
    SELECT r.outlet, scope, subject, r.source, kind, whom, value, first_seen_at, last_seen_at, ended_at, c.url AS page
    FROM rights r JOIN captures c ON c.id = r.capture_id ORDER BY subject, r.source, kind, whom, value, first_seen_at
"""


def public(site: Newsroom) -> list[dict[str, object]]:
    return [post for post in site.truth() if post["archive"] and post["flags"]["pages"] == 1]


def bodies(archive: Path) -> bytes:
    """Return all payloads of the archive's WARC files but those of lists of posts, which have pages of their own."""
    found = b""
    for file in sorted(archive.parent.glob("warc/*.warc.gz")):
        for member in members(file):
            record = decode(member[1])  # type: ignore[index]
            found += record.payload if "/wp-json/" not in record.url and "/feed" not in record.url else b""
    return found


def ids(given: list[dict[str, object]]) -> frozenset[object]:
    return frozenset(post["id"] for post in given)


def test_noarchive_is_obeyed_and_what_is_stated_is_kept_also_in_a_rebuild(tmp_path: Path) -> None:
    archive, new = tmp_path / "archive.db", tmp_path / "baru" / "archive.db"
    with serve(seed=41, articles=24) as site:
        posts = public(site)
        by_meta, by_header, reserved, later = posts[:2], posts[2:4], posts[4:6], posts[6:7]
        shut = [str(post["url"]) for post in by_meta + by_header]
        site.switch(
            rights=True, noarchive=ids(by_meta), noarchive_by_header=ids(by_header), reserved=ids(reserved), gzip=True
        )
        done = crawl(archive, site.base)
        assert done.status == 0, done.err
        assert [url for url in shut if rows(archive, "SELECT 1 FROM article_urls WHERE url = :url", url=url)] == []
        assert value(archive, "SELECT count(*) FROM articles") == sum(post["archive"] for post in site.truth()) - 4
        assert '"rejected/noarchive": 4' in value(archive, "SELECT counts FROM runs")
        told = rows(archive, "SELECT url, detail FROM rejections WHERE reason = 'noarchive'")
        assert {row["url"]: row["detail"] for row in told} == {
            **dict.fromkeys(shut[:2], "its meta says noarchive to all robots"),
            **dict.fromkeys(shut[2:], "its header says noarchive to kickcrawl"),
        }
        explained = CliRunner().invoke(main, ["explain", shut[0], "--archive", str(archive)]).output
        assert "excluded (noarchive)" in explained
        assert "meta: robots: noarchive" in explained

        asked = len(site.hits)
        site.switch(noarchive=ids(by_meta + later))
        site.edit(int(str(later[0]["id"])), "paragraph")
        crawl(archive, site.base)
        again = [hit.path for hit in site.hits[asked:]]
        assert "/ai.txt" not in again, "it is asked for once a day"
        assert not {url.removeprefix(site.base) for url in shut} & set(again)
    assert_chosen(archive, [str(post["url"]) for post in reserved + later])
    assert_kept(archive, site.base, shut, [str(post["url"]) for post in reserved], str(later[0]["url"]))
    done_again = CliRunner().invoke(main, ["rebuild", "--from", str(tmp_path / "warc"), str(new)])
    assert done_again.exit_code == 0, done_again.output
    assert rows(new, LEDGER) == rows(archive, LEDGER)
    assert CliRunner().invoke(main, ["verify", "--archive", str(archive)]).exit_code == 0
    for words in ((), ("--reason", "noarchive")):  # only a person who names the reason asks for them again
        CliRunner().invoke(main, ["retry", "--archive", str(archive), *words])
        waiting = value(archive, "SELECT count(*) FROM frontier WHERE state = 'due' AND reason = 'noarchive'")
        assert waiting == (5 if words else 0)


def assert_chosen(archive: Path, reserved: list[str]) -> None:
    """Export by what is stated, and hold it and its datasheet against the truth."""
    everything, output = value(archive, "SELECT count(*) FROM articles"), archive.with_name("bebas.jsonl")

    def exported(*words: str) -> set[str]:
        command = ["export", "--archive", str(archive), "--to", str(output), *words]
        assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
        return {json.loads(line)["url"] for line in output.read_text().splitlines()}

    assert len(exported("--licence", "by-nc")) == everything
    assert exported("--licence", "by-sa") == set()
    free = exported("--without-reserved")
    assert (len(free), free & set(reserved)) == (everything - len(reserved), set())
    sheet = json.loads(output.with_name("bebas.jsonl.datasheet.json").read_text())
    assert sheet["filters"] == {"without_reserved": True}
    rights = sheet["outlets"]["kicknews"]["rights"]
    assert rights["statements"][f"link: licence: {LICENCE}"] == everything
    assert (rights["reserved"], rights["withheld"]) == (len(reserved), 5)
    slice = archive.with_name("potong.db")
    CliRunner().invoke(main, ["export", "--archive", str(archive), "--to", str(slice), "--without-reserved"])
    assert CliRunner().invoke(main, ["verify", "--archive", str(slice)]).exit_code == 0
    assert value(slice, "SELECT count(DISTINCT subject) FROM rights WHERE kind = 'licence'") == len(free)
    wacz = ["export", "--archive", str(archive), "--wacz", str(archive.with_name("semua.wacz"))]
    assert CliRunner().invoke(main, wacz, catch_exceptions=False).exit_code == 0


def assert_kept(archive: Path, base: str, shut: list[str], reserved: list[str], later: str) -> None:
    """Hold the ledger, and what the WARC files have of pages that forbid it, against what the newsroom stated."""
    site_wide = {
        (row["source"], row["kind"], row["whom"], row["value"])
        for row in rows(archive, "SELECT * FROM rights WHERE scope = 'site'")
    }
    assert {
        ("ai.txt", "disallow", "*", "*.pdf"),
        ("ai.txt", "allow", "*", "/"),
        ("tdmrep.json", "tdm-reservation", "/category/*", "0"),
        ("tdmrep.json", "tdm-reservation", "/wp-content/*", "1"),
    } <= site_wide
    of_all = "SELECT count(DISTINCT subject) FROM rights WHERE kind = :kind AND value = :value AND length(subject) = 12"
    articles = value(archive, "SELECT count(*) FROM articles")
    assert value(archive, of_all, kind="licence", value=LICENCE) == articles
    assert value(archive, of_all, kind="copyright-holder", value=HOLDER) == articles
    stated = "SELECT u.url FROM rights r JOIN article_urls u ON u.article_id = r.subject WHERE r.kind = :kind"
    assert {row["url"] for row in rows(archive, stated, kind="tdm-reservation")} == set(reserved)
    forbidden = rows(archive, "SELECT subject, ended_at FROM rights WHERE kind = 'robots'")
    known = value(archive, "SELECT article_id FROM article_urls WHERE url = :url", url=later)
    assert {row["subject"] for row in forbidden} >= {*shut, known}
    assert value(archive, "SELECT revision FROM articles WHERE id = :id", id=known) == 1
    for url in shut:
        capture = rows(archive, "SELECT * FROM captures WHERE url = :url", url=url)
        assert [(row["length"], row["status"], row["etag"]) for row in capture] == [(0, 200, None)], url
    withheld = [
        decode(member[1])  # type: ignore[index]
        for file in sorted(archive.parent.glob("warc/*.warc.gz"))
        for member in members(file)
        if WITHHELD in decode(member[1]).fields  # type: ignore[index]
    ]
    assert {record.url for record in withheld} == {*shut, later}
    assert {record.payload for record in withheld} == {b""}


def test_with_permission_pages_that_say_noarchive_are_kept_and_stay_reserved(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serve(seed=42, articles=8) as site:
        said, by_header = public(site)[:2]
        site.switch(rights=True, noarchive=ids([said]), noarchive_by_header=ids([by_header]))
        done = crawl(archive, site.base, settings={"NOARCHIVE_OBEY": False})
        assert done.status == 0, done.err
        assert "NOARCHIVE_OBEY is off" in done.err
        assert value(archive, "SELECT count(*) FROM articles") == sum(post["archive"] for post in site.truth())
    sql = "SELECT u.url FROM rights r JOIN article_urls u ON u.article_id = r.subject WHERE r.kind = 'robots'"
    assert {row["url"] for row in rows(archive, sql)} == {said["url"], by_header["url"]}
    counted = CliRunner().invoke(main, ["search", "--without-reserved", "--count", "--archive", str(archive)]).output
    assert int(counted) == value(archive, "SELECT count(*) FROM articles") - 2
