"""What meta tags and X-Robots-Tag tell robots to leave, with the robot each rule is for."""

import pytest

from kickcrawl.rights.robots_rules import header_rules, meta_rules


def told(statements: object) -> list[str]:
    return [f"{one.whom} {one.value}" for one in statements]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("noarchive", ["* noarchive"]),
        ("NoIndex, NOARCHIVE", ["* noindex", "* noarchive"]),
        ("index, follow, max-image-preview:large, max-snippet:-1", []),
        ("googlebot: noarchive, nosnippet", ["googlebot noarchive", "googlebot nosnippet"]),
        ("googlebot: nofollow, otherbot: noindex, noarchive", ["otherbot noindex", "otherbot noarchive"]),
        ("kickcrawl: noarchive", ["kickcrawl noarchive"]),
        ("unavailable_after: 25 Jun 2027 15:00:00 PST", ["* unavailable_after: 25 Jun 2027 15:00:00 PST"]),
        ("none", ["* none"]),
        ("", []),
        (":::, ,,noarchive", ["* noarchive"]),
        ("no archive", []),
    ],
)
def test_header_line_is_read_rule_by_rule(line: str, rules: list[str]) -> None:
    assert told(header_rules(line)) == rules


@pytest.mark.parametrize(
    ("name", "content", "rules"),
    [
        ("robots", "noindex,noarchive", ["* noindex", "* noarchive"]),
        ("ROBOTS", "index noarchive", ["* noarchive"]),
        ("googlebot-news", "noarchive", ["googlebot-news noarchive"]),
        ("Kickcrawl", "noarchive", ["kickcrawl noarchive"]),
        ("robots", "noai, noimageai", ["* noai", "* noimageai"]),
        ("description", "noarchive", []),
        ("kickcrawler", "noarchive", ["kickcrawler noarchive"]),
    ],
)
def test_meta_tag_is_read_for_whom_it_names(name: str, content: str, rules: list[str]) -> None:
    assert told(meta_rules(name, content)) == rules


@pytest.mark.parametrize(
    ("line", "forbids"),
    [
        ("noarchive", True), ("nocache", True), ("kickcrawl: noarchive", True), ("otherbot: noarchive", False),
        ("noindex, nosnippet", False), ("none", False), ("noai", False),
    ],
)  # fmt: skip
def test_only_noarchive_to_all_or_to_us_forbids_to_archive(line: str, forbids: bool) -> None:
    assert any(one.forbids_archiving for one in header_rules(line)) is forbids


@pytest.mark.parametrize("name", ["bot" * 100_000 + "!", "-" * 100_000, "robots" + " " * 100_000])
def test_a_name_without_end_is_no_robots(name: str) -> None:
    assert len({one.whom for one in meta_rules(name, "noarchive")}) <= 1


def test_a_line_without_end_is_read_to_a_bound() -> None:
    assert len(list(header_rules("noarchive," * 100_000))) == 40
