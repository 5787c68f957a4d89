"""robots.txt, ai.txt and tdmrep.json are read to statements; what is damaged, or another page, states nothing."""

import json

import pytest

from kickcrawl.rights.site_files import MAX_STATEMENTS, read_site_file

ROBOTS, AI, TDMREP = (f"https://warta.example{path}" for path in ("/robots.txt", "/ai.txt", "/.well-known/tdmrep.json"))


def told(url: str, body: bytes, status: int = 200) -> list[str] | None:
    found = read_site_file(url, status, body)
    return found if found is None else [f"{one.kind} {one.whom} {one.value}" for one in found]


def test_robots_txt_tells_whom_it_shuts_out_and_its_signals() -> None:
    group = b"User-agent: A\nUser-agent: B # two\nDisallow: /\nContent-Signal: ai-train=no\n"
    assert told(ROBOTS, group + b"\nUser-agent: *\nDisallow: /x\n") == [
        "disallow A /", "disallow B /", "content-signal A ai-train=no", "content-signal B ai-train=no",
    ]  # fmt: skip


def test_ai_txt_is_read_as_robots_txt_is_written() -> None:
    text = b"\xef\xbb\xbf# izin\r\nUser-Agent: *\r\nDisallow: *.pdf\r\nAllow: /\r\nUser-agent: M\r\nDisallow: /\r\n"
    assert told(AI, text) == ["disallow * *.pdf", "allow * /", "disallow M /"]


def test_tdmrep_tells_reservation_and_policy_of_each_location() -> None:
    rules = [
        {"location": "/berita/*", "tdm-reservation": 1, "tdm-policy": "https://warta.example/tdm.json"},
        {"location": "/", "tdm-reservation": 0},
    ]
    assert told(TDMREP, json.dumps(rules).encode()) == [
        "tdm-reservation /berita/* 1", "tdm-policy /berita/* https://warta.example/tdm.json", "tdm-reservation / 0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "statements"),
    [
        (b"", []),
        (b"[", []),
        (b"[" * 100_000, []),
        (b"null", []),
        (b'{"location": "/", "tdm-reservation": "1"}', ["tdm-reservation / 1"]),
        (b'[{"location": "/", "tdm-reservation": true}]', ["tdm-reservation / 1"]),
        (b'[{"location": 7, "tdm-reservation": 1}, 5, {"tdm-reservation": 1}]', []),
        (b'[{"location": "/a", "tdm-reservation": 2}, {"location": "/b", "tdm-reservation": null}]', []),
        (b'[{"location": "/a\\u0000\\ud800b", "tdm-reservation": 1}]', ["tdm-reservation /a b 1"]),
        (b'[{"location": "/", "tdm-policy": ["x"]}]', []),
        (b"<!DOCTYPE html><title>Tidak ditemukan</title>", []),
    ],
)
def test_tdmrep_with_slips_or_damage_is_read_as_far_as_it_goes(body: bytes, statements: list[str]) -> None:
    assert told(TDMREP, body) == statements


@pytest.mark.parametrize(
    ("status", "found"), [(404, []), (410, []), (403, []), (429, None), (503, None), (301, None), (0, None)]
)
def test_no_file_states_nothing_and_trouble_says_nothing_of_it(status: int, found: list[str] | None) -> None:
    assert told(AI, b"User-agent: *\nDisallow: /\n", status) == found


def test_a_file_without_end_is_read_to_a_bound() -> None:
    many = b"".join(b"User-agent: %d\nDisallow: /%d\n" % (n, n) for n in range(5_000))
    assert len(read_site_file(AI, 200, many) or ()) == MAX_STATEMENTS
    assert len(read_site_file(ROBOTS, 200, b"User-agent: a\n" * 30_000 + b"Disallow: /\n") or ()) <= MAX_STATEMENTS
