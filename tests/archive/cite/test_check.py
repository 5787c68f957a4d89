"""A citation can be checked by whoever has the archive: what it cites, whether that is unchanged, who vouches."""

import json
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from archive.chain import link_captures
from archive.cite.check import check_citations, read_citations
from archive.cite.cite import Style, citation
from archive.database import Archive, open_archive
from archive.takedown.takedown import take_down
from kickcrawl.errors import ArchiveError, UsageError
from spiders.cli import main
from tests.support.storing import NOW, Shelf, id_of, shelf_in

ID = id_of("cabai")
BASE = "https://arsip.example"
HEX = "0123456789abcdef" * 4


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as shelf:
        shelf.put("cabai", "Harga cabai naik.", title="Harga cabai")
        shelf.put("cabai", "Harga cabai turun.", title="Harga cabai")
        shelf.put("beras", "Harga beras naik.", title="Harga beras", authors=("Siti Rahma",))
        link_captures(shelf.archive, 1)
        yield shelf


@pytest.fixture
def archive(shelf: Shelf) -> Archive:
    return shelf.archive


def fault(archive: Archive, text: str) -> str:
    with pytest.raises(ArchiveError) as error:
        check_citations(archive, text)
    return error.value.reason


@pytest.mark.parametrize("base", [None, BASE])
@pytest.mark.parametrize("style", get_args(Style))
def test_what_cite_prints_holds(archive: Archive, style: Style, base: str | None) -> None:
    for revision in (1, 2):
        (checked,) = check_citations(archive, citation(archive, f"{ID}@{revision}", style, base))
        assert (checked.source.id, checked.source.revision, checked.link) == (ID, revision, revision)
        assert checked.links == 4


def test_a_citation_survives_broken_lines_and_capitals(archive: Archive) -> None:
    told = citation(archive, f"{ID}@1", "text", BASE)
    for pasted in (textwrap.fill(told, 40, break_on_hyphens=False), told.upper(), f"> {told[:-30]}-\n{told[-30:]}"):
        assert [checked.source.name for checked in check_citations(archive, pasted)] == [f"{ID}@1"]


def test_every_citation_of_a_bibliography_is_checked(archive: Archive) -> None:
    names = (f"{ID}@2", f"{id_of('beras')}@1", f"{ID}@1")
    whole = "".join(citation(archive, name, "bibtex", BASE) for name in names)
    assert [checked.source.name for checked in check_citations(archive, whole)] == [*names]
    assert f"{ID}@1 is not what was cited" in fault(archive, whole.replace(f"{ID}@2", f"{ID}@1"))


@pytest.mark.parametrize(
    "text", ["", "Harga cabai, 14 July 2025", f"{ID}@1", f"sha256:{HEX}", f"{ID} sha256:{HEX}", f"{ID}@1 sha256:{HEX}0"]
)
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no citation"):
        read_citations(text)


def test_a_digest_of_another_revision_is_told(archive: Archive) -> None:
    told = citation(archive, f"{ID}@1").replace(f"{ID}@1", f"{ID}@2")
    assert (
        fault(archive, told) == f"{ID}@2 is not what was cited: its digest is another, the citation's is that of {ID}@1"
    )
    unknown = f"{ID}@2, sha256:{HEX}."
    assert fault(archive, unknown).endswith("the citation's is that of nothing here")


def test_what_is_not_there_is_told(archive: Archive) -> None:
    assert fault(archive, f"{ID}@3 sha256:{HEX}") == f"{ID}@3 is not in this archive; the article has 2 revisions"
    assert fault(archive, f"{'0' * 12}@1 sha256:{HEX}").endswith("is not in this archive; nor is the article")


@pytest.mark.parametrize("column", ["title", "text", "authors", "recorded_at"])
def test_a_text_that_was_changed_later_is_told(archive: Archive, column: str) -> None:
    told = citation(archive, f"{ID}@1")
    changed = f"{column} = (SELECT {column} || '.' FROM revisions r WHERE (article_id, number) = (:id, 1))"
    archive.write(f"UPDATE revisions_kept SET {changed} WHERE (article_id, number) = (:id, 1)", {"id": ID})
    assert "it had this digest when it was stored, and was changed later" in fault(archive, told)


def test_a_revision_without_a_link_is_not_vouched_for(archive: Archive) -> None:
    told = citation(archive, f"{ID}@1")
    archive.write("UPDATE chain SET digest = :digest WHERE position = 1", {"digest": f"sha256:{HEX}"})
    assert fault(archive, told).endswith("no link of the chain has it")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE chain SET subject = 'a@1' WHERE position = 3",
        "DELETE FROM chain WHERE position = 2",
        "DELETE FROM chain WHERE position = 4",
    ],
    ids=["altered", "missing", "cut off"],
)
def test_a_broken_chain_vouches_for_nothing(archive: Archive, damage: str) -> None:
    told = citation(archive, f"{ID}@1")
    archive.write(damage)
    assert fault(archive, told).endswith("what it vouches for is in doubt; run kickcrawl verify")


def test_a_head_that_was_written_down_must_be_of_the_chain(archive: Archive) -> None:
    told = citation(archive, f"{ID}@1")
    head = check_citations(archive, told)[0].head
    assert check_citations(archive, told, expect=head)
    with pytest.raises(ArchiveError, match="has never had the head sha256:0123"):
        check_citations(archive, told, expect=f"sha256:{HEX}")


def test_of_what_was_taken_down_the_chain_still_speaks(archive: Archive) -> None:
    told = citation(archive, f"{ID}@2")
    take_down(archive, ID, "court order 12/2026", NOW, lambda _: None)
    assert fault(archive, told) == (
        f"article {ID} was taken down on 2025-07-14: court order 12/2026; the chain vouches that {ID}@2 had this digest"
    )
    assert "the chain does not vouch" in fault(archive, f"{ID}@2 sha256:{HEX}")


def test_a_citation_holds_in_a_slice(archive: Archive, tmp_path: Path) -> None:
    told = citation(archive, f"{ID}@1")
    exported = CliRunner().invoke(
        main, ["export", "--to", str(tmp_path / "irisan.db"), "--search", "cabai", "--archive", str(archive.path)]
    )
    assert exported.exit_code == 0, exported.output
    with closing(open_archive(tmp_path / "irisan.db", read_only=True)) as part:
        assert [checked.source.name for checked in check_citations(part, told)] == [f"{ID}@1"]
        assert "nor is the article" in fault(part, citation(archive, f"{id_of('beras')}@1"))


def verify(archive: Archive, text: str, *options: str, stdin: str | None = None) -> Result:
    command = ["verify", "--citation", text, "--archive", str(archive.path), *options]
    return CliRunner().invoke(main, command, input=stdin)


def test_the_command_takes_a_text_a_file_and_standard_input(archive: Archive, tmp_path: Path) -> None:
    told = citation(archive, f"{ID}@1", "ris")
    file = tmp_path / "sitasi.ris"
    file.write_bytes(b"\xff\xfe" + told.encode())
    for result in (verify(archive, told), verify(archive, str(file)), verify(archive, "-", stdin=told)):
        assert result.exit_code == 0, result.output
        assert f"{ID}@1 is as it was cited: “Harga cabai”, Warta, no date" in result.stdout
        assert "link 1 of the chain vouches for it" in result.stdout
    assert json.loads(verify(archive, told, "--json").stdout)[0]["link"] == 1
    assert verify(archive, told * 50).exit_code == 0


def test_the_command_fails_with_one_sentence(archive: Archive) -> None:
    for text, status in ((f"{ID}@3 sha256:{HEX}", 1), ("Harga cabai", 2)):
        result = verify(archive, text)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (status, "", 1)
