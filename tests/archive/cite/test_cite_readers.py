"""Citations as other people's programs read them: pybtex, rispy and citeproc-py."""

from archive.cite.cite import citation
from archive.database import Archive
from tests.archive.cite.test_cite import BASE, HARD_TITLE, ID, archive
from tests.support.readers import needs_readers, read_with
from tests.support.storing import id_of, url_of

__all__ = ["archive"]
pytestmark = needs_readers

# Each entry's fields and authors, and the bibliography that a style of BibTeX makes of it.
BIBTEX = """
import json, sys
from pybtex import PybtexEngine
from pybtex.database import parse_string
text = sys.stdin.read()
entry, = parse_string(text, "bibtex").entries.values()
people = [[" ".join(part) for part in (one.first_names + one.middle_names, one.prelast_names, one.last_names,
          one.lineage_names)] for one in entry.persons.get("author", [])]
shown = PybtexEngine().format_from_string(text, style="plain", output_backend="text")
print(json.dumps({"type": entry.type, "fields": dict(entry.fields), "people": people, "shown": shown}))
"""
RIS = "import json, sys, rispy; print(json.dumps(rispy.loads(sys.stdin.read())))"
CSL = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
items = json.load(sys.stdin)
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
made.register(Citation([CitationItem(items[0]["id"])]))
print(json.dumps([str(line) for line in made.bibliography()]))
"""


def test_bibtex_is_read_and_set(archive: Archive) -> None:
    read = read_with(BIBTEX, stdin=citation(archive, f"{ID}@1", "bibtex", BASE))
    assert read["type"] == "article"
    assert read["people"] == [["Siti", "", "Rahma", ""], ["", "", "{Dinas Pertanian}", ""]]
    assert (read["fields"]["journal"], read["fields"]["year"], read["fields"]["month"]) == ("Warta", "2025", "July")
    assert "Siti Rahma and Dinas Pertanian. Harga cabai naik. Warta, July 2025." in read["shown"]


def test_bibtex_of_hard_signs_and_of_missing_fields_is_read(archive: Archive) -> None:
    read = read_with(BIBTEX, stdin=citation(archive, id_of("sulit"), "bibtex"))
    assert read["people"] == [["{A and}", "", "B", "S.E."], ["Ahmad", "bin", "Ali", ""], ["", "", "Suharto", ""]]
    assert r"\textbraceleft{}x\textbraceright{}" in read["fields"]["title"]
    assert read_with(BIBTEX, stdin=citation(archive, id_of("kosong"), "bibtex"))["type"] == "misc"


def test_ris_is_read(archive: Archive) -> None:
    (read,) = read_with(RIS, stdin=citation(archive, f"{ID}@1", "ris", BASE))
    assert (read["type_of_reference"], read["title"]) == ("NEWS", "Harga cabai naik")
    assert read["authors"] == ["Rahma, Siti", "Dinas Pertanian,"]
    assert (read["date"], read["access_date"]) == ("2025/07/01", "2025/07/14")
    assert (read["secondary_title"], read["accession_number"]) == ("Warta", f"{ID}@1")
    assert url_of("cabai") in read["urls"]
    (hard,) = read_with(RIS, stdin=citation(archive, id_of("sulit"), "ris"))
    assert hard["title"] == " ".join(HARD_TITLE.split())


def test_csl_is_set_in_a_style(archive: Archive) -> None:
    (line,) = read_with(CSL, stdin=citation(archive, f"{ID}@1", "csl", BASE))
    assert line.startswith("Rahma, S. and Dinas Pertanian (2025) “Harga cabai naik”, Warta, 1 July.")
    assert f"Available at: {url_of('cabai')} (Accessed: July 14, 2025)" in line
