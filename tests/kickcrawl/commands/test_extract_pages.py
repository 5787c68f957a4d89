"""`kickcrawl extract`: saved pages in, one line of JSON for each, in order."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from spiders.cli import main
from tests.support.pages import STORY


def extract(folder: Path, *asked: object) -> Result:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in asked]
    (folder / "pages.jsonl").write_text("\n".join(lines))
    return CliRunner().invoke(main, ["extract", "--pages", str(folder / "pages.jsonl")])


def found(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_page_becomes_a_line_in_order(tmp_path: Path) -> None:
    (tmp_path / "satu.html").write_text(STORY.format(kind="single"))
    (tmp_path / "dua.html.gz").write_bytes(gzip.compress(STORY.replace("Jonggat", "Pringgarata").encode()))
    asked = [
        {"id": n, "url": f"http://warta.test/{n}", "file": name} for n, name in ((7, "satu.html"), (3, "dua.html.gz"))
    ]
    one, two = found(extract(tmp_path, *asked))
    assert (one["id"], one["title"], two["id"], two["title"]) == (
        7,
        "Panen padi di Jonggat",
        3,
        "Panen padi di Pringgarata",
    )
    assert one["text"].startswith("Petani di Jonggat")
    assert one["text"].count("\n\n") == 2
    assert one["published_at"] is None


def test_page_that_a_person_names_is_an_article_though_it_is_built_as_a_static_page(tmp_path: Path) -> None:
    (tmp_path / "statis.html").write_text(STORY.format(kind="page page-id-4 wp-singular"))
    [article] = found(extract(tmp_path, {"id": "a", "url": "http://warta.test/tentang", "file": "statis.html"}))
    assert article["title"] == "Panen padi di Jonggat"


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x00broken", b"\x00\x01\x02"], ids=["empty", "torn-gzip", "binary"])
def test_page_that_cannot_be_read_is_a_line_with_the_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rusak.html.gz").write_bytes(content)
    [line] = found(extract(tmp_path, {"id": "r", "url": "http://warta.test/r", "file": "rusak.html.gz"}))
    assert (line["id"], line["rejected"]) == ("r", "unreadable")
    assert line["detail"]


def test_missing_file_is_named(tmp_path: Path) -> None:
    [line] = found(extract(tmp_path, {"id": "r", "url": "http://warta.test/r", "file": "tiada.html"}))
    assert line["rejected"] == "unreadable"
    assert "tiada.html" in line["detail"]


def test_file_of_pages_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_bytes(b"\xff\x00\n")
    result = CliRunner().invoke(main, ["extract", "--pages", str(tmp_path / "pages.jsonl")])
    assert result.exit_code == 2
    assert "pages.jsonl, line 1: this names no page" in result.stderr


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '"x"'])
def test_line_that_is_none_is_named_and_nothing_is_read(tmp_path: Path, line: str) -> None:
    result = extract(tmp_path, line)
    assert result.exit_code == 2
    assert "pages.jsonl, line 1" in result.stderr
    assert not result.stdout


def test_times_are_told_by_the_outlets_clock(tmp_path: Path) -> None:
    tags = """<meta property="article:published_time" content="2025-07-14T23:10:00-05:00">
        <meta property="article:modified_time" content="2025-07-15T05:30:00+00:00">"""
    (tmp_path / "malam.html").write_text(STORY.format(kind="single").replace("<title>", f"{tags}<title>"))
    [article] = found(extract(tmp_path, {"id": "m", "url": "http://warta.test/malam", "file": "malam.html"}))
    assert (article["published_at"], article["published_offset"]) == ("2025-07-14T23:10:00-05:00", -300)
    assert article["modified_at"] == "2025-07-15T00:30:00-05:00"
