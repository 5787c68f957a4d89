"""The command line's `coverage`: a table for people, CSV and JSON for programs, a sentence for what makes no sense."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import frontier
from archive.database import open_archive
from archive.outlets import write_outlet
from kickcrawl.dates import to_iso
from spiders.cli import main
from tests.archive.accounts.test_coverage import name, read_seed
from tests.support.storing import NOW, OUTLET, shelf_in, url_of


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    """An archive of two days in July 2025 and one in June; of one day an article is gone."""
    with shelf_in(tmp_path) as shelf:
        for slug, days in (("padi", 1), ("cabai", 2), ("lama", 20)):
            shelf.put(slug, f"{slug} dijual di pasar.", published_at=NOW - timedelta(days=days))
            name(shelf.archive, "sitemap", slug, days=days)
        name(shelf.archive, "sitemap", "hilang", days=2)
        frontier.resolve(shelf.archive, url_of("hilang"), "gone", to_iso(NOW), "HTTP 404")
        read_seed(shelf.archive, "sitemap", "", NOW)
        yield shelf.archive.path


def run(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["coverage", *words, "--archive", str(archive)])


def test_table_has_a_line_for_each_day_and_recall_in_words(archive: Path) -> None:
    lines = run(archive, "warta", "--since", "2025-07-11").output.splitlines()
    assert lines[0] == "warta  2025-07-11 to 2025-07-14, days of Asia/Makassar"
    assert [line.split()[0] for line in lines[2:7]] == ["2025-07-11", "2025-07-12", "2025-07-13", "2025-07-14", "total"]
    assert lines[3].split()[:4] == ["2025-07-12", "2", "1", "50.0"]
    assert "missing" in lines[3]
    assert "  recall: 2 of 3 articles that were named are archived (66.7 %)" in lines
    assert "  missing: 1 gone before it was fetched (1 HTTP 404)" in lines


def test_months_tell_their_days_by_state_the_best_first(archive: Path) -> None:
    lines = run(archive, "warta", "--by", "month").output.splitlines()
    assert "12 named, 1 missing, 1 partly" in next(line for line in lines if line.startswith("2025-07"))
    assert "  crawled: 2 times on these days (1 complete, 1 died)" in lines


def test_csv_and_json_have_the_same_rows(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(archive, "--csv", "--by", "month").stdout)))
    [found] = json.loads(run(archive, "--json", "--by", "month").stdout)
    columns = ("label", "named", "archived")
    assert [tuple(row[name] for name in columns) for row in rows] == [("2025-06", "1", "1"), ("2025-07", "3", "2")]
    assert [tuple(row[name] for name in columns) for row in found["rows"]] == [("2025-06", 1, 1), ("2025-07", 3, 2)]
    assert found["recall"]["of_named"] == 0.75
    assert found["estimate"]["why"] == "one seed"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["warta", "--outlet", "kabar"], "two outlets are named, 'warta' and 'kabar'; name one"),
        (["--since", "2025-07-02", "--until", "2025-07-01"], "since 2025-07-02 is after until 2025-07-01"),
        (["--csv", "--json"], "--csv and --json are two forms; choose one"),
        (["--since", "2999-01-01"], "--since 2999-01-01 has not come yet"),
        (["--until", "1899-12-31"], "--until 1899-12-31 is before the first news sites; give a day from 1995 on"),
        (["tidak-ada"], "there is nothing of an outlet 'tidak-ada'; there are: warta"),
        (["--since", "kemarin"], "'kemarin' does not match the format '%Y-%m-%d'"),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(archive: Path, words: list[str], sentence: str) -> None:
    result = run(archive, *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_outlets_without_a_certificate_are_told_beside_the_others(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        write_outlet(opened, OUTLET | {"slug": "kabar", "name": "Kabar"})
    told = "kickcrawl: kabar: nothing was ever named, and it was never crawled: no day can be certified\n"
    for form in ([], ["--csv"], ["--json"]):
        result = run(archive, *form)
        assert (result.exit_code, result.stderr) == (0, told)
        assert "warta" in result.stdout
    assert run(archive, "kabar", "--json").stdout == "[]\n"


def test_a_day_that_has_not_come_yet_where_the_outlet_is_is_told_as_such(archive: Path) -> None:
    with closing(open_archive(archive)) as opened:
        write_outlet(opened, OUTLET | {"timezone": "Pacific/Pago_Pago"})  # where it is never the day after that of UTC
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    result = run(archive, "warta", "--since", str(tomorrow))
    assert result.stderr == f"kickcrawl: warta: --since {tomorrow} has not come yet in Pacific/Pago_Pago\n"
