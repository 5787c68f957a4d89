"""robots.txt: what its status means, what it allows, what else it says."""

import pytest

from kickcrawl.robots import MAX_BYTES, read_robots

STORY = "https://warta.example/panen"
SHUT = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (204, False), (400, True), (401, True), (403, True), (404, True), (410, True), (429, False)]
    + [(301, False), (304, False), (500, False), (502, False), (503, False), (599, False)],
)
def test_status_decides_whether_rules_are_read_absent_or_all_against_us(status: int, allowed: bool) -> None:
    assert read_robots(status, SHUT, "kickcrawl").allows(STORY) is allowed


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_out_of_reach_says_so_and_is_no_rule_of_the_site(status: int) -> None:
    policy = read_robots(status, b"", "kickcrawl")
    assert policy.unreachable == f"answered {status}"


@pytest.mark.parametrize("status", [200, 404])
def test_robots_that_answered_is_not_out_of_reach(status: int) -> None:
    assert read_robots(status, SHUT, "kickcrawl").unreachable is None


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /wp-admin/", "/panen", True, id="elsewhere"),
        pytest.param("User-agent: *\nDisallow: /wp-admin/", "/wp-admin/x", False, id="disallowed folder"),
        pytest.param("User-agent: *\nDisallow: /\nAllow: /panen", "/panen", True, id="the longer rule wins"),
        pytest.param("User-agent: *\nDisallow: /*?s=", "/?s=jagung", False, id="wildcard"),
        pytest.param("User-agent: *\nDisallow: /cetak$", "/cetak-ulang", True, id="end mark"),
        pytest.param("User-agent: *\nDisallow: /\n\nUser-agent: kickcrawl\nDisallow:", "/panen", True, id="own group"),
        pytest.param("User-agent: kickcrawl\nDisallow: /", "/panen", False, id="own group against us"),
        pytest.param("User-agent: robot-lain\nDisallow: /", "/panen", True, id="another's group"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /", "/panen", False, id="byte order mark"),
        pytest.param("<html><body>Selamat datang</body></html>", "/panen", True, id="an HTML page has no rules"),
        pytest.param("", "/panen", True, id="empty"),
    ],
)
def test_rules_are_read_as_rfc_9309_says(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(200, rules.encode(), "kickcrawl").allows(f"https://warta.example{path}") is allowed


def test_bytes_that_are_no_utf8_do_not_hide_the_rules_behind_them() -> None:
    assert not read_robots(200, b"# caf\xe9\n" + SHUT, "kickcrawl").allows(STORY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_rules_in_utf16_are_read_where_a_mark_says_so(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    assert not read_robots(200, f"{mark}{SHUT.decode()}".encode(encoding), "kickcrawl").allows(STORY)


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n\n"])
def test_lines_end_as_any_editor_writes_them(ending: str) -> None:
    assert not read_robots(200, SHUT.replace(b"\n", ending.encode()), "kickcrawl").allows(STORY)


@pytest.mark.parametrize(
    "path", ["/intern/x", "/panen/../intern/x", "//intern/x", "/./intern/x", "/%69ntern/x", "/a/%2e%2e/intern/x"]
)
def test_way_round_to_what_is_disallowed_is_disallowed(path: str) -> None:
    assert not read_robots(200, b"User-agent: *\nDisallow: /intern/", "kickcrawl").allows(
        f"https://warta.example{path}"
    )


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        pytest.param("User-agent: *\nCrawl-delay: 10", 10.0, id="whole seconds"),
        pytest.param("User-agent: *\nCrawl-delay: 0.5", 0.5, id="half a second"),
        pytest.param("User-agent: *\nCrawl-delay: 9\n\nUser-agent: kickcrawl\nCrawl-delay: 3", 3.0, id="own group"),
        pytest.param("User-agent: *\nCrawl-delay: lama", None, id="no number"),
        pytest.param("User-agent: *\nCrawl-delay: 4s # pelan", 4.0, id="a unit and a remark"),
        pytest.param("User-agent: *\nCrawl-delay: 2 detik", 2.0, id="a unit in words"),
        pytest.param("User-agent: *\nCrawl-delay: 2 menit", 120.0, id="minutes"),
        pytest.param("User-agent: *\nCrawl-delay: 250ms", 0.25, id="thousandths"),
        pytest.param("User-agent: *\ncrawl delay 2,5", 2.5, id="a comma, and no colon"),
        pytest.param("User-agent: *\nCrawl-delay: -4", None, id="less than nothing"),
        pytest.param("User-agent: *\nCrawl-delay: inf", None, id="for ever"),
        pytest.param("User-agent: *\nCrawl-delay: 1e9", None, id="an exponent"),
        pytest.param("User-agent: *\nDisallow:", None, id="none"),
    ],
)
def test_crawl_delay_is_kept_in_seconds(rules: str, delay: float | None) -> None:
    assert read_robots(200, rules.encode(), "kickcrawl").crawl_delay == delay


def test_sitemaps_are_named_wherever_they_stand() -> None:
    rules = (
        b"Sitemap: https://warta.example/a.xml\nUser-agent: lain\nDisallow: /\nsitemap: https://warta.example/b.xml\n"
    )
    expected = ("https://warta.example/a.xml", "https://warta.example/b.xml")
    assert read_robots(200, rules, "kickcrawl").sitemaps == expected


def test_rules_within_500_kib_are_read_and_those_behind_are_not() -> None:
    head = b"User-agent: *\nDisallow: /dalam\n"
    body = head + b"#" * (MAX_BYTES - len(head) - 1) + b"\nDisallow: /luar\n"
    policy = read_robots(200, body, "kickcrawl")
    assert not policy.allows("https://warta.example/dalam")
    assert policy.allows("https://warta.example/luar")


def test_rule_that_is_cut_at_500_kib_does_not_become_a_wider_one() -> None:
    head = b"User-agent: *\n"
    body = head + b"#" * (MAX_BYTES - len(head) - len(b"\nDisallow: /")) + b"\nDisallow: /arsip-lama\n"
    assert read_robots(200, body, "kickcrawl").allows(STORY)


def test_many_rules_for_many_agents_cost_each_line_once() -> None:
    agents = "".join(f"useragent: perayap-{number}\n" for number in range(1_000))
    rules = "".join(f"allow: /{number}\n" for number in range(1_000))
    policy = read_robots(200, f"{agents}{rules}User-agent: *\nDisallow: /rahasia\n".encode(), "kickcrawl")
    assert policy.allows("https://warta.example/berita")
    assert not policy.allows("https://warta.example/rahasia")


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("kickcrawl", True), ("KickCrawl", True), ("kickcrawl/0.1.0", True), ("KICKCRAWL/2 (+https://x.example)", True),
        ("kickcrawl 0.1", True), ("kickcrawl/*", True), ("kickcrawl*", True), ("kickcrawl(arsip)", True),
        ("kick", False), ("crawl", False), ("kickcrawler", False), ("kickcrawl-images", False),
        ("kickcrawl_x/1", False), ("not-kickcrawl", False), ("", False),
    ],
)  # fmt: skip
def test_group_is_ours_if_its_name_is_ours_with_a_version_or_without(name: str, is_ours: bool) -> None:
    shuts = f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    opens = f"User-agent: *\nDisallow: /\n\nUser-agent: {name}\nDisallow:\n"
    assert read_robots(200, shuts.encode(), "kickcrawl").allows(STORY) is not is_ours
    assert read_robots(200, opens.encode(), "kickcrawl").allows(STORY) is is_ours


def test_rules_in_groups_that_name_us_with_and_without_version_are_all_kept() -> None:
    ours = [f"User-agent: {name}\nDisallow: /{path}\n" for name, path in (("kickcrawl/0.1.0", "a"), ("kickcrawl", "b"))]
    rules = "\n".join([ours[0], "User-agent: *\nDisallow: /\n", ours[1]])
    policy = read_robots(200, rules.encode(), "kickcrawl")
    assert [policy.allows(f"https://warta.example/{path}") for path in "abc"] == [False, False, True]


@pytest.mark.parametrize("name", ["kickcrawl", "KickCrawl", "kickcrawl/0.1.0", "*", "kickcrawl # kami"])
def test_group_of_ours_among_those_of_others_stays_a_group(name: str) -> None:
    rules = (
        f"User-agent: lain\nuser-agent: {name}\nUser agent: satunya\nDisallow: /rahasia\n\nUser-agent: lain\nAllow: /\n"
    )
    assert not read_robots(200, rules.encode(), "kickcrawl").allows("https://warta.example/rahasia")
