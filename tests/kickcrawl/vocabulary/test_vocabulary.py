"""The words of newsrooms: files that are read and checked, joined, made patterns of; a language is a file more."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from kickcrawl.errors import VocabularyError
from kickcrawl.vocabulary import LANGUAGES, WORDS, any_of
from kickcrawl.vocabulary.languages import join_languages, read_languages

# A language that nobody writes: each list is proved by a line that only this file explains.
INVENTED = """
[byline]
by = ["zilaf"]
other_roles = ["zomer"]
[links]
read_also = ["zulo mar"]
[lines]
fillers = ["zanonc"]
[dates]
published = ["zapub"]
at = ["zoru"]
[dates.more_months]
zulium = 7
[dates.zones]
zit = { offset = "+08:00" }
[notices]
labels = ["zerrat"]
[trouble]
not_found = ["zagin zo tova"]
[class_names]
boilerplate = ["zelat"]
"""
PROSE = [
    "Petani di Jonggat memanen padi lebih awal tahun ini karena hujan turun sejak pertengahan Oktober lalu.",
    "Kelompok tani Sumber Urip mencatat hasil enam ton dari setiap hektare sawah, naik setengah ton dari tahun lalu.",
    "Gabah kering dibeli penggilingan di Praya seharga enam ribu rupiah sekilogram, kata ketua kelompok itu.",
]
PAGE = f"""<html><head><title>Panen padi di Jonggat</title></head><body><article><h1>Panen padi di Jonggat</h1>
<p>Zilaf: Siti Rahma<br>Zomer: Lalu Anom</p><p>Zapub 14 zulium 2025 zoru 09:30 ZIT</p><div itemprop="articleBody">
<p>{PROSE[0]}</p><div class="zelat">Zulo mar: <a href="/harga-cabai">Harga cabai turun</a></div><p>{PROSE[1]}</p>
<p>Zanonc</p><p>{PROSE[2]}</p></div></article></body></html>"""
LOST = "<html><head><title>Zagin zo tova</title></head><body><p>Kembali ke beranda</p></body></html>"
SCRIPT = """
import json, sys
from kickcrawl.article import Page, PageSource, SiteRules
from kickcrawl.compare.notices import read_notices
from kickcrawl.extract import extract

def read(html):
    source = PageSource(url="https://warta.example/panen", body=html.encode(), content_type="text/html; charset=utf-8")
    site = SiteRules(slug="warta", name="Warta Uji", timezone="UTC", language="id")
    return extract(Page(requested_url=source.url, sources=(source,), site=site))

page, lost = json.load(sys.stdin)
found = read(page)
print(json.dumps({
    "authors": found.authors, "published": str(found.published_at), "text": found.text.split("\\n\\n"),
    "related": [link.url for link in found.related], "lost": getattr(read(lost), "reason", None),
    "notices": read_notices("Zerrat: 12 orang."),
}))
"""


def read_with(package: Path) -> dict[str, object]:
    """Return what the code in the folder *package* reads from the pages in the invented language."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT], input=json.dumps([PAGE, LOST]), cwd=package,
        env=os.environ | {"PYTHONPATH": str(package)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read: dict[str, object] = json.loads(done.stdout)
    return read


def test_language_is_added_by_adding_a_file(tmp_path: Path) -> None:
    shutil.copytree(
        CHECKOUT / "kickcrawl", tmp_path / "kickcrawl", ignore=shutil.ignore_patterns("__pycache__", "outlets")
    )
    before = read_with(tmp_path)
    (tmp_path / "kickcrawl" / "vocabulary" / "zz.toml").write_text(INVENTED)
    after = read_with(tmp_path)
    assert after == {
        "authors": ["Siti Rahma"], "published": "2025-07-14 01:30:00+00:00", "text": PROSE,
        "related": ["https://warta.example/harga-cabai"], "lost": "error-page", "notices": ["Zerrat: 12 orang."],
    }  # fmt: skip
    assert all(before[field] != after[field] for field in after), before


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('[bylines]\nby = ["oleh"]', "bylines: Extra inputs", id="unknown table"),
        pytest.param('[byline]\nbye = ["oleh"]', "byline.bye: Extra inputs", id="unknown list"),
        pytest.param('[byline]\nby = ["Oleh"]', "byline.by.0: words stand in small letters", id="capital"),
        pytest.param('[byline]\nby = ["ditulis  oleh"]', "byline.by.0: words stand", id="two spaces"),
        pytest.param('[byline]\nby = [""]', "byline.by.0: words stand", id="empty"),
        pytest.param('[byline]\nby = ["oleh", "oleh"]', "byline.by: stands there twice: oleh", id="twice"),
        pytest.param('[dates.zones]\nwib = { offset = "7" }', "dates.zones.wib.offset: ", id="no offset"),
        pytest.param("[dates.more_months]\nagst = 13", "dates.more_months.agst: ", id="thirteenth month"),
        pytest.param("[byline", "no TOML", id="no TOML"),
    ],
)
def test_wrong_file_is_refused_with_its_name_and_the_list(tmp_path: Path, text: str, says: str) -> None:
    file = write(tmp_path, "id.toml", text)
    with pytest.raises(VocabularyError, match=re.escape(says)) as caught:
        read_languages(tmp_path)
    assert caught.value.file == file


def test_languages_are_joined_each_word_once(tmp_path: Path) -> None:
    write(tmp_path, "aa.toml", '[byline]\nby = ["oleh", "by"]\n[dates.zones]\nwib = { offset = "+07:00" }')
    write(tmp_path, "bb.toml", '[byline]\nby = ["by", "von"]\n[dates.zones]\nwit = { offset = "+09:00" }')
    joined = join_languages(read_languages(tmp_path).values())
    assert joined.byline.by == ("oleh", "by", "von")
    assert {name: zone.offset for name, zone in joined.dates.zones.items()} == {"wib": "+07:00", "wit": "+09:00"}


def test_bundled_languages_are_read() -> None:
    assert {"id", "en", "de"} <= set(LANGUAGES)
    assert {"oleh", "by"} <= set(WORDS.byline.by)
    assert WORDS.dates.zones["wita"].region == "Asia/Makassar"


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        pytest.param(["baca", "baca juga"], "baca juga", "baca juga", id="the longest"),
        pytest.param(["baca juga"], "baca\u00a0 juga", "baca\u00a0 juga", id="any white space"),
        pytest.param(["(c)", "s/d"], "(c)", "(c)", id="signs are no pattern"),
        pytest.param([], "", None, id="no words match nothing, not everything"),
    ],
)
def test_pattern_of_words(words: list[str], text: str, found: str | None) -> None:
    match = re.match(any_of(words), text)
    assert (match and match[0]) == found
