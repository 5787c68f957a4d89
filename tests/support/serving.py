"""Serve an archive with the real `kickcrawl serve`, in a process of its own, and an archive worth looking at."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from archive.articles import mark_gone
from archive.captures import Capture, store_capture
from archive.runs import end_run
from kickcrawl import CHECKOUT
from kickcrawl.article import Claim, Image, Moment, RelatedLink
from tests.support.storing import KEPT, NOW, shelf_in, url_of

COMMAND = Path(sys.executable).parent / "kickcrawl"
EVIL = "<script>document.title = 'jahat'</script>"
PARAGRAPHS = (
    "kicknews.today – Praya, Panen bawang merah di Lombok Tengah naik tiga persen.",
    "Petani menjual hasilnya ke pasar induk sebelum musim hujan tiba.",
    "Komoditas | Harga\nBawang | Rp20.000\nCabai | Rp41.000",
    "Dinas pertanian meminta gudang dibuka lebih pagi agar truk dari Kopang dan Janapria tidak menunggu di tepi jalan.",
    "“Kami menimbang hasil panen di balai dusun, lalu membaginya menurut luas lahan,” kata ketua kelompok tani.",
    "Pengairan dari embung Batujai disebut cukup hingga Oktober, asal pintu air dibuka bergantian di tiap petak sawah.",
    "Pemerintah desa menyiapkan dua tempat penyimpanan baru yang dibiayai iuran anggota koperasi sejak tahun lalu.",
    "(rnd)",
)


@dataclass(frozen=True)
class Answer:
    """An answer of the site."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Site:
    """A site that is being served."""

    base: str
    pid: int = 0  # of the process that serves it; 0: not known

    def get(self, path: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with urlopen(
                Request(self.base + quote(path, safe="/?&=%+;,:@~*'()!$"), headers=named), timeout=120
            ) as answer:
                return Answer(answer.status, _headers(answer), answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, _headers(error), error.read().decode())

    def search(self, words: str, file: str = "") -> Answer:
        return self.get(f"/search{file}?q={quote(words, errors='surrogatepass')}")


@contextmanager
def serving(archive: Path, *options: str) -> Iterator[Site]:
    """Give the site of *archive* on a free port; it is ended at the end, by Ctrl-C's signal."""
    with started([str(COMMAND), "serve", "--archive", str(archive), "--port", "0", *options]) as site:
        yield site


@contextmanager
def started(command: list[str]) -> Iterator[Site]:
    """Give the site that a command serves, which prints its address; it is ended at the end."""
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert " is at http://" in line, line
            yield Site(line.split(" is at ")[1].split()[0].rstrip("/"), process.pid)
        finally:
            process.terminate()


def fill(folder: Path) -> Path:
    """Write an archive with revisions, copies, a withdrawal, hostile text and several months; return its file."""
    text = "\n\n".join(PARAGRAPHS)
    fields = {
        "language": "id",
        "authors": ("Rina Andayani",),
        "sections": ("Ekonomi", "Lombok Tengah"),
        "tags": ("bawang", "panen"),
        "published_at": datetime(2025, 6, 30, 16, 30, tzinfo=UTC),  # in Lombok it is July already
        "published_offset": 480,
        "dateline": "kicknews.today – Praya,",
        "initials": "(rnd)",
        "images": (Image(url="https://warta.example/a.jpg", caption="Foto: Petani di Kopang", credit="Rina"),),
        "related": (RelatedLink(url=url_of("terhapus"), title="Berita yang dihapus"),),
        "origins": {"title": "json-ld", "authors": "rest"},
        "disagreements": (
            Claim(field="title", value="Panen bawang", source="feed"),
            Claim(field="published_at", value=Moment(at=NOW, offset=480), source="meta"),
        ),
    }
    with shelf_in(folder) as shelf:
        shelf.put("panen", text, title="Panen bawang merah naik", **fields)
        shelf.put("panen", text.replace("tiga persen", "lima persen"), title="Panen bawang merah naik lagi", **fields)
        shelf.put("terhapus", "Isi berita yang kemudian dihapus.", published_at=datetime(2025, 7, 10, tzinfo=UTC))
        shelf.put("jahat", f"{EVIL} & <b>tebal</b> bawang", title=f"Judul {EVIL}", tags=(EVIL,), authors=(EVIL,))
        shelf.put("salinan", text, title="Panen bawang naik", outlet="kabar", **fields)
        for number in range(60):
            published = datetime(2025, 1 + number % 6, 1 + number % 28, 3, tzinfo=UTC)
            shelf.put(f"kabar-{number}", f"Warga dusun {number} bergotong royong.", published_at=published)
        with shelf.archive.transaction():
            mark_gone(shelf.archive, url_of("terhapus"), "2025-07-20T00:00:00+00:00")
            seen = Capture(
                run_id=1,
                url=url_of("panen"),
                fetched_at=NOW.isoformat(),
                **KEPT,
            )
            store_capture(shelf.archive, seen)
        end_run(shelf.archive, 1, "complete", NOW, counts={"stored": 63, "revised": 1, "gone": 1}, seeds=[])
    return folder / "archive.db"


def _headers(answer: object) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}  # type: ignore[attr-defined]
