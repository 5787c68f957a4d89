"""Single values of an outlet file are changed, and everything else stays as a person wrote it."""

import tomllib
from datetime import date

import pytest

from kickcrawl.sites.outlet_edit import with_values

FILE = """# Warta Uji, Lombok. WordPress.
name = "Warta Uji"   # sic
home = 'https://warta.example/'
platform = "generic" # a guess
verified = false  # not crawled live yet

[seeds]
feeds = ["/feed/"]   # verified = false stands here, too

[urls]
article = ['^/\\d+/$']

# History
"""
DAY = date(2026, 11, 30)


def test_value_is_replaced_in_its_line_with_or_without_another_comment() -> None:
    changed = with_values(FILE, {"platform": "wordpress", "verified": DAY}, {"verified": "seen"})
    was, now = FILE.splitlines(), changed.splitlines()
    assert [line for line in now if line not in was] == [
        'platform = "wordpress" # a guess', "verified = 2026-11-30  # seen",
    ]  # fmt: skip
    assert len(was) == len(now)
    assert with_values(changed, {"verified": DAY}, {"verified": "seen"}) == changed


def test_missing_key_stands_before_the_first_table() -> None:
    changed = with_values(FILE, {"timezone": "Asia/Makassar"}, {})
    assert changed.index("timezone = ") < changed.index("[seeds]")
    assert tomllib.loads(changed) == tomllib.loads(FILE) | {"timezone": "Asia/Makassar"}
    assert with_values('name = "A"\n', {"verified": DAY}, {}) == 'name = "A"\nverified = 2026-11-30\n'


@pytest.mark.parametrize(
    "text",
    ['platform = """\ngeneric"""\n', 'x = """\nplatform = "a"\n"""\nplatform = "b"\n', 'platform = {a = "b"}\n'],
)
def test_what_could_change_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"by hand|Invalid|Expected|Cannot"):
        with_values(text, {"platform": "wordpress"}, {})
