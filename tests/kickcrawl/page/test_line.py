"""An element as one line of text."""

import lxml.html
import pytest

from kickcrawl.page.line import line_of


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("Gotong Royong<br>Perbaiki Irigasi", "Gotong Royong Perbaiki Irigasi"),
        ("<div>Gotong Royong</div><div>Perbaiki</div>", "Gotong Royong Perbaiki"),
        ("<span>Gotong Royong</span><span>Perbaiki</span>", "Gotong Royong Perbaiki"),
        ("<span>W</span><span>arga</span> desa", "Warga desa"),
        ("<b>iP</b>hone <i>25</i><sup>1</sup>", "iPhone 251"),
        ("Warga<!-- dan --> desa<script>x</script>, lagi", "Warga desa, lagi"),
        ("<span>Kabar</span> <span>Uji</span>", "Kabar Uji"),
        ("Kabar<a href='#kabar'>¶</a>", "Kabar"),
        ("Kabar <a href='#kabar'><span>#</span></a> Uji", "Kabar Uji"),
        ("Kabar <a href='#catatan'>1</a> <a href='/uji'>#</a>", "Kabar 1 #"),
    ],
)
def test_lines_are_parted_and_words_are_not(inside: str, line: str) -> None:
    assert line_of(lxml.html.fragment_fromstring(f"<h1>{inside}</h1>")) == line


def test_elements_within_each_other_without_end_are_no_trouble() -> None:
    root = lxml.html.fragment_fromstring("<h1>" + "<b>" * 200 + "Panen")
    assert line_of(root) == ""
