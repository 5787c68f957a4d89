"""Frames for JavaScript are told from pages that only have scripts."""

import pytest

from kickcrawl.article import PageSource
from kickcrawl.page.frame import is_frame

SCRIPT = "<script type=module src=/rakit.js></script>"
MENU = "<header><h1>Kabar Uji</h1></header><nav>" + "<a href=/x>Berita daerah terbaru</a> " * 20 + "</nav>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div id=apa></div>{SCRIPT}", True),
        (f"{MENU}<main></main><footer>{'Redaksi Mataram ' * 30}</footer>{SCRIPT}", True),
        ("<noscript>" + "Nyalakan JavaScript. " * 30 + "</noscript><div class=x> </div><script>rakit()</script>", True),
        (f"<p>Memuat …</p><div id=apa></div>{SCRIPT}", True),
        (f"<div id=apa>Memuat …</div>{SCRIPT}", True),
        (f"<div>Memuat …</div>{SCRIPT}", False),
        (f"<div id=apa>Warga memanen bawang putih.</div>{SCRIPT}", False),
        ("<div id=apa></div>", False),
        ("<div id=apa></div><script type=application/ld+json>{}</script>", False),
        (f"<div id=iklan></div><article><p>{'Warga Sembalun memanen bawang. ' * 9}</p></article>{SCRIPT}", False),
        (f"<p>Habis.</p>{SCRIPT}", False),
        (f"<div id=dialog></div><article><h1>Kabar Uji</h1><p>Kabar dari desa.</p></article>{SCRIPT}", False),
        (f"<div id=apa></div>{'<i></i>' * 6000}{SCRIPT}", False),
        ("", False),
    ],
)
def test_frame_has_a_script_an_element_for_it_and_no_words(body: str, expected: bool) -> None:
    page = f"<html><head><title>Kabar Uji</title></head><body>{body}</body></html>"
    assert is_frame(PageSource(url="https://kabar.example/1", body=page.encode())) is expected


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"{}"])
def test_what_is_no_page_is_no_frame(body: bytes) -> None:
    assert not is_frame(PageSource(url="https://kabar.example/1", body=body))
