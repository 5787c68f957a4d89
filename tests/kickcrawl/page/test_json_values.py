"""JSON in scripts, with the slips of hand-made templates."""

from time import process_time

import pytest

from kickcrawl.page.json_values import json_values


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x"}',
        '\ufeff{"a": "x"}',
        ' {"a": "x"};',
        '{"a": "x",}',
        '{"a": "x", /* nama */ }',
        '{"a": "x" // nama\n}',
        '<!--\n{"a": "x"}\n-->',
        '<![CDATA[{"a": "x"}]]>',
        '//<![CDATA[\n{"a": "x"}\n//]]>',
        '/*<![CDATA[*/{"a": "x"}/*]]>*/',
        'window.data = {"a": "x"};',
        "{&quot;a&quot;: &quot;x&quot;}",
    ],
)
def test_harmless_slips_are_read_over(text: str) -> None:
    assert list(json_values(text)) == [{"a": "x"}]


def test_values_one_after_the_other_are_all_read_up_to_the_damaged_one() -> None:
    assert list(json_values('{"a": 1}\n{"b": [2,]}, {"c": rusak} {"d": 4}')) == [{"a": 1}, {"b": [2]}]


def test_what_looks_like_a_slip_inside_a_string_stays() -> None:
    assert list(json_values(r'{"a": "https://warta.example/*x*/,] \" //", }')) == [
        {"a": 'https://warta.example/*x*/,] " //'}
    ]


@pytest.mark.parametrize("text", ["", "rusak", "{", '{"a": "x', "[" * 100_000])
def test_what_is_no_json_gives_nothing(text: str) -> None:
    assert list(json_values(text)) == []


def test_escapes_that_json_has_not_are_those_of_a_script() -> None:
    assert list(json_values(r'{"a": "Jum\'at\x21 C:\data \u00e9 \"x\" \\d"}')) == [
        {"a": 'Jum\'at! C:\\data é "x" \\d'},
    ]


def test_spaces_take_no_square() -> None:
    begin = process_time()
    assert list(json_values('{"a": 1' + " " * 30_000 + ",}")) == [{"a": 1}]
    assert process_time() - begin < 5  # the square takes half a minute
