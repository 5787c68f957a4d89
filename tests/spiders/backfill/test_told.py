"""What `kickcrawl backfill` says where there is nothing to do or to tell."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.database import open_archive
from spiders.cli import main
from tests.support.outlets import Region


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["kicknews", "--status"], 0, "nothing was asked for yet: kickcrawl backfill OUTLET --since DAY"),
        (["tidak-ada", "--status"], 2, "there is no outlet 'tidak-ada'; there are: "),
        (["kicknews", "--since", "2999-01-01"], 2, "--since 2999-01-01 has not come yet"),
        (["kicknews", "--refused"], 2, "--refused is told of what was asked for; give it with --status"),
    ],
)
def test_of_what_no_backfill_knows_a_sentence_is_told(tmp_path: Path, words: list[str], status: int, told: str) -> None:
    open_archive(tmp_path / "archive.db", create=True).close()
    result = CliRunner().invoke(main, ["backfill", *words, "--archive", str(tmp_path / "archive.db")])
    assert result.exit_code == status
    assert told in result.output


@pytest.mark.parametrize(
    ("setting", "status", "told"),
    [
        (
            "DOWNLOAD_DELAY=lama",
            2,
            "kickcrawl: DOWNLOAD_DELAY: 'lama' is no number of 0 or more; write one such as 1.0",
        ),
        ('ITEM_PIPELINES={"tidak.ada": 1}', 1, "tidak"),
    ],
)
def test_a_step_that_cannot_be_taken_is_no_success(tmp_path: Path, setting: str, status: int, told: str) -> None:
    region = Region(folder=tmp_path)
    region.add("satu", "http://127.0.0.1:9")
    done = region.ask("backfill", "satu", "--since", "2026-01-01", "--from", "own", "-s", setting)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
