"""Storing visits: articles and rejections with the state of their addresses, all of a batch or nothing."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import frontier
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.doubts.incomplete import INCOMPLETE, retry_incomplete
from archive.doubts.refusals import resolve_missing, resolve_redirected
from archive.history.revisions import read_revisions
from archive.runs import start_run
from archive.tombstones import put_tombstone
from archive.visits import Resolved, store_visits
from kickcrawl.article import Article, Candidate, Page, PageSource, Reason, Rejection, SeedKind, SiteRules, Visit
from kickcrawl.dates import to_iso
from kickcrawl.doubt import Standing
from kickcrawl.fingerprint import text_digest
from kickcrawl.traces import number, paragraphs
from tests.support.storing import KEPT, NOW, OUTLET

SITE = SiteRules(slug="warta", name="Warta Uji", language="id", timezone="Asia/Makassar")
PADI, MOVED = "https://warta.example/panen-padi", "https://warta.example/panen-padi-naik"
CABAI = "https://warta.example/harga-cabai"
TEXT = "Petani di Sukarara memanen padi lebih awal tahun ini karena hujan turun lebih cepat."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        run_id = start_run(archive, OUTLET, {}, NOW)
        fetch = Capture(run_id=run_id, url=PADI, fetched_at=to_iso(NOW), **KEPT)
        assert (run_id, store_capture(archive, fetch)) == (1, 1)
        frontier.name(archive, "warta", [Candidate(url=url, seed="sitemap") for url in (PADI, CABAI)], NOW)
        frontier.lease(archive, "warta", 9, NOW)
        yield archive


def visit(result: Article | Rejection | None, *, url: str = PADI, minutes: int = 1, **fields: Any) -> Visit:
    return Visit(
        page=Page(requested_url=url, sources=(PageSource(url=url, body=b"<p></p>"),), site=SITE),
        outlet="warta",
        run_id=1,
        capture_id=1,
        fetched_at=at(minutes),
        checked_at=at(minutes - 1),
        result=result,
        **fields,
    )


def article(url: str = PADI, **fields: Any) -> Article:
    return Article(**({"url": url, "title": "Panen padi", "text": TEXT} | fields))


def at(minutes: int) -> str:
    return to_iso(NOW + timedelta(minutes=minutes))


def row(archive: Archive, table: str, url: str) -> dict[str, Any] | None:
    found = archive.row(f"SELECT * FROM {table} WHERE url = :url ORDER BY 1 DESC", {"url": url})
    return dict(found) if found is not None else None


def state(archive: Archive, url: str) -> tuple[Any, ...]:
    found = row(archive, "frontier", url)
    assert found is not None
    return found["state"], found["reason"], found["checked_at"]


def counts(archive: Archive) -> dict[str, int]:
    tables = ("articles", "revisions", "rejections")
    return {table: archive.value(f"SELECT count(*) FROM {table}") for table in tables}


def test_batch_of_visits_is_stored_with_the_states_of_its_addresses(archive: Archive) -> None:
    rejection = Rejection(reason="list-page", detail="12 links")
    stored, rejected = store_visits(archive, [visit(article()), visit(rejection, url=CABAI, minutes=2)])
    assert stored == Resolved(("stored",))
    assert rejected == Resolved(("rejected/list-page",), f"rejected (list-page: 12 links): {CABAI}")
    assert state(archive, PADI) == ("done", None, at(0))
    assert state(archive, CABAI) == ("rejected", "list-page", at(1))
    assert counts(archive) == {"articles": 1, "revisions": 1, "rejections": 1}
    noted = row(archive, "rejections", CABAI)
    assert noted == {
        "id": 1, "run_id": 1, "outlet": "warta", "url": CABAI, "reason": "list-page", "detail": "12 links",
        "rejected_at": at(2),
    }  # fmt: skip


def test_batch_that_fails_leaves_nothing_and_everything_is_due_still(archive: Archive) -> None:
    batch = [visit(article()), visit(Rejection(reason="empty"), url=CABAI), visit(None, url=CABAI)]
    with pytest.raises(ValueError, match=f"{CABAI} reached the store without having been read"):
        store_visits(archive, batch)
    assert counts(archive) == {"articles": 0, "revisions": 0, "rejections": 0}
    assert archive.value("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'padi'") == 0
    assert state(archive, PADI) == ("leased", None, None)
    assert state(archive, CABAI) == ("leased", None, None)


def test_each_visit_is_told_what_it_was(archive: Archive) -> None:
    other = Rejection(reason="empty")
    outcomes = [
        store_visits(archive, [visit(result, minutes=minutes)])[0].counts
        for minutes, result in enumerate(
            (article(), article(), article(text=TEXT + " Ralat."), other, article(text=TEXT + " Ralat.")), start=1
        )
    ]
    assert outcomes == [("stored",), ("unchanged",), ("revised",), ("rejected/empty",), ("unchanged",)]


def test_revision_is_told_with_what_changed(archive: Archive) -> None:
    store_visits(archive, [visit(article())])
    edited = article(title="Panen naik", tags=("padi",), origins={"tags": "rest"})
    (settled,) = store_visits(archive, [visit(edited, minutes=2)])
    assert settled == Resolved(("revised",), f"revised (title, tags): {PADI}")


def test_copy_of_another_story_is_counted(archive: Archive) -> None:
    dated = article(CABAI, published_at=NOW, origins={"published_at": "meta"})
    asked = visit(dated, url=CABAI)
    first, copy = store_visits(
        archive, [visit(article()), replace(asked, page=replace(asked.page, title="Panen padi"))]
    )
    assert (first.counts, copy.counts) == (("stored",), ("stored", "copies"))


def led(to: str, found: Article, **others: Any) -> Visit:
    """A visit whose request was redirected to the address *to*."""
    asked = visit(found, **others)
    return replace(asked, page=replace(asked.page, sources=(PageSource(url=to, body=b"<p></p>"),)))


def test_story_that_a_redirect_leads_to_settles_both_addresses(archive: Archive) -> None:
    frontier.name(archive, "warta", [Candidate(url=MOVED, seed="feed")], NOW)
    store_visits(archive, [led(MOVED, article(MOVED))])
    assert state(archive, PADI) == state(archive, MOVED) == ("done", None, at(0))
    assert counts(archive)["articles"] == 1


def test_page_that_names_another_as_its_canonical_one_leaves_that_due(archive: Archive) -> None:
    frontier.name(archive, "warta", [Candidate(url=MOVED, seed="feed")], NOW)
    store_visits(archive, [visit(article(MOVED))])
    assert state(archive, PADI)[0] == "done"
    assert state(archive, MOVED)[0] == "due"


def test_impostor_does_not_replace_a_story_that_was_fetched_at_its_own_address(archive: Archive) -> None:
    store_visits(archive, [visit(article(PADI), url=PADI)])
    fake = article(PADI, text="Isi palsu yang mengaku sebagai berita panen. " * 20)
    trap = "https://warta.example/jebakan"
    fetch = store_capture(archive, Capture(run_id=1, url=trap, fetched_at=at(1), **KEPT))
    outcome = store_visits(archive, [replace(visit(fake, url=trap), capture_id=fetch)])
    assert outcome[0].counts == ("alias",)
    assert counts(archive)["revisions"] == 1


TEXTS = (
    "Petani di Sukarara memanen padi lebih awal tahun ini karena hujan turun lebih cepat dari biasanya.",
    "Pelabuhan Lembar menambah tiga dermaga kayu untuk perahu nelayan yang menunggu musim angin barat.",
    "Guru honorer di Gerung menerima honor yang tertunda sejak bulan Maret setelah rapat dengan dinas.",
)


def test_canonical_address_that_many_pages_share_joins_no_strangers(archive: Archive) -> None:
    urls = [f"https://warta.example/?id={number}" for number in range(3)]
    shared = [article("https://warta.example/berita", title=text.split(" di ")[0], text=text) for text in TEXTS]
    for turn in range(2):
        outcomes = [
            store_visits(archive, [visit(found, url=url, minutes=turn + 1)])[0].counts
            for url, found in zip(urls, shared, strict=True)
        ]
        assert outcomes == [("unchanged",) if turn else ("stored",)] * 3
    assert counts(archive) | {"rejections": 0} == {"articles": 3, "revisions": 3, "rejections": 0}
    edited = replace(shared[2], text=TEXTS[2] + " Ralat.")
    assert store_visits(archive, [visit(edited, url=urls[2], minutes=3)])[0].counts == ("revised",)


def test_story_that_is_rewritten_at_an_address_of_its_own_is_a_revision(archive: Archive) -> None:
    requested = PADI + "?id=1"
    store_visits(archive, [visit(article(title="Panen", text=TEXTS[0]), url=requested)])
    rewritten = article(title="Dermaga baru", text=TEXTS[1], published_at=NOW, origins={"published_at": "meta"})
    assert store_visits(archive, [visit(rewritten, url=requested, minutes=2)])[0].counts == ("revised",)


def test_storys_address_that_leads_to_another_archived_story_is_settled(archive: Archive) -> None:
    store_visits(archive, [visit(article()), visit(article(CABAI, title="Harga cabai", text=TEXTS[1]), url=CABAI)])
    assert resolve_redirected(archive, PADI, MOVED, 1, "warta", at(3)) is None
    assert resolve_redirected(archive, PADI, PADI, 1, "warta", at(3)) is None
    assert state(archive, PADI) == ("done", None, at(0))
    assert resolve_redirected(archive, PADI, CABAI, 1, "warta", at(4)) is True
    assert state(archive, PADI) == ("gone", "other-article", at(4))
    assert archive.value("SELECT gone_at FROM articles WHERE url = :url", {"url": PADI}) == at(4)
    assert archive.value("SELECT gone_at FROM articles WHERE url = :url", {"url": CABAI}) is None
    assert resolve_redirected(archive, PADI, CABAI, 1, "warta", at(5)) is False


# reason, standing with the seeds that name all articles -> states after equal answers on three days
FATES: list[tuple[Reason, Standing, tuple[str, str, str]]] = [
    ("password", "named", ("excluded", "excluded", "excluded")),
    ("password", "dropped", ("excluded", "excluded", "excluded")),
    ("other-article", "dropped", ("gone", "gone", "gone")),
    ("front-page", "dropped", ("due", "gone", "gone")),
    ("front-page", "unknown", ("due", "gone", "gone")),
    ("front-page", "named", ("due", "due", "rejected")),
    ("error-page", "dropped", ("gone", "gone", "gone")),
    ("error-page", "unknown", ("due", "gone", "gone")),
    ("other-article", "named", ("due", "due", "rejected")),
    ("block-page", "named", ("due", "due", "rejected")),
    ("block-page", "unknown", ("due", "due", "rejected")),
    ("block-page", "dropped", ("due", "gone", "gone")),
    ("empty", "dropped", ("due", "gone", "gone")),
    ("list-page", "dropped", ("due", "gone", "gone")),
    ("list-page", "unknown", ("due", "gone", "gone")),
    ("broken-page", "dropped", ("due", "gone", "gone")),
    ("attachment", "dropped", ("rejected", "rejected", "rejected")),
    ("timeout", "dropped", ("rejected", "rejected", "rejected")),
]


@pytest.mark.parametrize(("reason", "standing", "states"), FATES, ids=[f"{fate[0]}-{fate[1]}" for fate in FATES])
def test_rejection_never_touches_what_is_stored_but_that_it_is_gone(
    archive: Archive, reason: Reason, standing: Standing, states: tuple[str, ...]
) -> None:
    store_visits(archive, [visit(article())])
    before = row(archive, "articles", PADI)
    assert before is not None
    for day, expected in enumerate(states, start=1):
        minutes = day * 24 * 60
        asked = visit(Rejection(reason=reason), minutes=minutes, is_known=True, standing=standing)
        (resolved,) = store_visits(archive, [asked])
        assert resolved.counts[0] == f"rejected/{reason}"
        assert state(archive, PADI)[:2] == (expected, reason)
        after = row(archive, "articles", PADI)
        assert after is not None
        assert (after["gone_at"] is not None) is (expected == "gone")
        assert after | {"gone_at": None} == before
        if expected == "gone":
            break
    assert counts(archive)["revisions"] == 1


@pytest.mark.parametrize(
    ("reason", "state_after"), [("list-page", "rejected"), ("password", "excluded")], ids=["list", "locked"]
)
def test_page_of_which_nothing_is_archived_is_not_gone(archive: Archive, reason: Reason, state_after: str) -> None:
    (settled,) = store_visits(archive, [visit(Rejection(reason=reason))])
    assert settled.counts == (f"rejected/{reason}",)
    assert state(archive, PADI) == (state_after, reason, at(0))
    assert counts(archive) == {"articles": 0, "revisions": 0, "rejections": 1}


BERAS, HARGA = "https://warta.example/bantuan-beras-untuk-desa", "https://warta.example/harga-ikan-laut-turun"


def test_one_article_at_the_addresses_of_others_replaces_none_of_them(archive: Archive) -> None:
    candidates = [Candidate(url=url, seed="sitemap") for url in (BERAS, HARGA)]
    frontier.name(archive, "warta", candidates, NOW)
    padi = article(published_at=NOW)
    beras = article(BERAS, title="Bantuan beras", text="Warga antre sejak pagi.")
    store_visits(archive, [visit(padi), visit(beras, url=BERAS)])
    shown = [visit(replace(padi, url=url), url=url) for url in (BERAS, HARGA)]  # one archived, one new
    known, new = store_visits(archive, shown)
    assert known.note == f"waits (block-page: it shows the article of {PADI}): {BERAS}"
    assert new.note == f"waits (block-page: it shows the article of {PADI}): {HARGA}"
    assert counts(archive)["revisions"] == 2
    assert row(archive, "article_urls", HARGA) is None


def test_article_that_has_left_its_address_may_stand_at_one_of_other_words(archive: Archive) -> None:
    frontier.name(archive, "warta", [Candidate(url=url, seed="sitemap") for url in (PADI, HARGA)], NOW)
    padi = article(published_at=NOW)
    store_visits(archive, [visit(padi)])
    not_there = visit(Rejection(reason="not-found"), minutes=5, is_known=True)
    found = store_visits(archive, [not_there, visit(replace(padi, url=HARGA), url=HARGA, minutes=6)])
    assert [one.counts for one in found] == [("rejected/not-found",), ("alias",)]
    assert archive.text("SELECT url FROM articles") == HARGA


def test_headline_is_kept_by_a_wall_until_the_text_has_lasted_for_days(archive: Archive) -> None:
    store_visits(archive, [visit(article(text=" ".join(TEXTS) * 2))])
    wall = article(
        text="Berita ini hanya untuk pelanggan, yang membayar sedikit tiap bulan. Pilih paket yang cocok, lalu masuk "
        "dengan nama dan sandi yang kami kirim lewat surat."
    )
    for day, expected in ((1, "rejected/block-page"), (2, "rejected/block-page"), (3, "revised")):
        (resolved,) = store_visits(archive, [visit(wall, minutes=day * 24 * 60, is_known=True, standing="named")])
        assert resolved.counts == (expected,)


LED_TO = "https://warta.example/1"


@pytest.mark.parametrize(
    ("asked", "seed", "title", "counts"),
    [
        pytest.param("https://warta.example/2", "sitemap", None, "rejected/other-article", id="named both, not alike"),
        pytest.param("https://warta.example/2", "sitemap", "Panen padi di Sukarara", "alias", id="headline agrees"),
        pytest.param("https://warta.example/2", "feed", None, "alias", id="no seed names all articles"),
    ],
)
def test_redirect_to_another_article_that_is_named_is_doubted(
    archive: Archive, asked: str, seed: SeedKind, title: str | None, counts: str
) -> None:
    frontier.name(archive, "warta", [Candidate(url=LED_TO, seed="sitemap"), Candidate(url=asked, seed=seed)], NOW)
    found = article(LED_TO, title="Panen padi di Sukarara")
    store_visits(archive, [visit(found, url=LED_TO)] * 2)  # held the first time
    came = led(LED_TO, found, url=asked, standing="named" if seed == "sitemap" else "unknown")
    (resolved,) = store_visits(archive, [replace(came, page=replace(came.page, title=title))])
    assert resolved.counts == (counts,)


def test_answers_of_one_day_count_once_and_an_article_ends_the_doubt(archive: Archive) -> None:
    for minutes in (1, 5, 60):
        store_visits(archive, [visit(Rejection(reason="empty"), minutes=minutes)])
    noted = row(archive, "frontier", PADI)
    assert noted is not None
    assert (noted["state"], noted["doubt"], noted["doubts"], noted["doubted_at"]) == ("due", "empty", 1, at(1))
    assert datetime.fromisoformat(noted["due_at"]) > datetime.now(UTC) + timedelta(hours=3)
    store_visits(archive, [visit(article(), minutes=90)])
    noted = row(archive, "frontier", PADI)
    assert noted is not None
    assert (noted["state"], noted["doubt"], noted["doubts"], noted["attempts"]) == ("done", None, 0, 0)


def test_another_answer_starts_the_doubt_anew(archive: Archive) -> None:
    reasons: tuple[Reason, ...] = ("empty", "empty", "block-page", "block-page", "empty")
    for day, reason in enumerate(reasons):
        store_visits(archive, [visit(Rejection(reason=reason), minutes=day * 24 * 60)])
    assert state(archive, PADI)[0] == "due"


def test_story_that_came_under_the_address_since_it_was_taken_is_not_gone(archive: Archive) -> None:
    store_visits(archive, [visit(article())])
    (settled,) = store_visits(archive, [visit(Rejection(reason="other-article"), minutes=5, is_known=False)])
    assert settled.counts == ("rejected/other-article",)
    found = row(archive, "articles", PADI)
    assert found is not None
    assert found["gone_at"] is None


def test_gone_story_that_is_read_again_has_come_back(archive: Archive) -> None:
    store_visits(archive, [visit(article())])
    withdrawn = visit(Rejection(reason="other-article"), minutes=5, is_known=True, standing="dropped")
    assert store_visits(archive, [withdrawn])[0].counts == ("rejected/other-article", "gone")
    assert store_visits(archive, [visit(article(), minutes=9)])[0].counts == ("unchanged",)
    found = row(archive, "articles", PADI)
    assert found is not None
    assert (found["gone_at"], found["last_seen_at"]) == (None, at(9))
    assert state(archive, PADI) == ("done", None, at(8))


@pytest.mark.parametrize("status", [404, 410])
def test_story_whose_page_is_missing_is_gone(archive: Archive, status: int) -> None:
    store_visits(archive, [visit(article())])
    assert resolve_missing(archive, PADI, 1, "warta", status, at(7))
    found = row(archive, "articles", PADI)
    assert found is not None
    assert (found["gone_at"], found["text"]) == (at(7), TEXT)
    assert state(archive, PADI) == ("gone", f"HTTP {status}", at(7))
    assert counts(archive)["rejections"] == 0


def test_missing_page_of_which_nothing_is_archived_is_a_rejection(archive: Archive) -> None:
    assert not resolve_missing(archive, CABAI, 1, "warta", 404, at(7))
    assert state(archive, CABAI) == ("gone", "HTTP 404", at(7))
    noted = row(archive, "rejections", CABAI)
    assert noted is not None
    assert (noted["reason"], noted["detail"], noted["rejected_at"]) == ("not-found", "HTTP 404", at(7))


@pytest.mark.parametrize(
    ("hours", "outside"),
    [
        pytest.param(-1, True, id="before since"),
        pytest.param(0, False, id="at since"),
        pytest.param(2, False, id="between"),
        pytest.param(3, True, id="at until"),
        pytest.param(None, False, id="no time"),
    ],
)
def test_story_of_another_time_than_the_run_asked_for_is_not_stored_and_stays_due(
    archive: Archive, hours: float | None, outside: bool
) -> None:
    published = None if hours is None else NOW + timedelta(hours=hours)
    asked = {"since": to_iso(NOW), "until": to_iso(NOW + timedelta(hours=3))}
    (settled,) = store_visits(archive, [visit(article(published_at=published), **asked)])
    assert settled.counts == (("outside",) if outside else ("stored",))
    assert counts(archive)["articles"] == (0 if outside else 1)
    assert state(archive, PADI)[0] == ("due" if outside else "done")


TAKEN_DOWN = {
    "article_id": "abcdefabcdef", "outlet": "warta", "reason": "putusan", "taken_down_at": at(0), "native_id": "7",
    "published_at": at(-60), "digest": text_digest("Panen padi", TEXT), "urls": [MOVED], "traces": [[1, 2]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "fields", "kept_down"),
    [
        pytest.param({}, {"url": MOVED, "text": "Lain."}, True, id="its address"),
        pytest.param({}, {"title": "PANEN PADI"}, True, id="its words"),
        pytest.param({}, {"text": "Lain.", "native_id": "7"}, True, id="its number, no time"),
        pytest.param(
            {}, {"text": "Lain.", "native_id": "7", "published_at": NOW - timedelta(hours=1)}, True, id="number"
        ),
        pytest.param(
            {}, {"text": "Lain.", "native_id": "7", "published_at": NOW}, False, id="its number, another time"
        ),
        pytest.param(
            {"traces": [[*map(number, part)] for part in paragraphs(TEXT)]},
            {"text": f"Baru: {TEXT}"},
            True,
            id="edited",
        ),
        pytest.param({}, {"text": "Lain."}, False, id="another story"),
        pytest.param({"outlet": "kabar"}, {}, False, id="of another outlet"),
    ],
)
def test_story_that_was_taken_down_is_not_stored_again(
    archive: Archive, told: dict[str, Any], fields: dict[str, Any], kept_down: bool
) -> None:
    archive.write(
        "INSERT INTO outlets (slug, name, timezone, platform, home) VALUES ('kabar', 'Kabar', 'UTC', 'generic', '-')"
    )
    put_tombstone(archive, TAKEN_DOWN | told)
    [settled] = store_visits(archive, [visit(article(**fields))])
    assert (settled.counts == ("taken-down",)) is kept_down
    assert counts(archive)["articles"] == (not kept_down)
    assert state(archive, PADI)[:2] == (("excluded", "taken down") if kept_down else ("done", None))


def test_archived_story_that_leads_to_one_that_was_taken_down_is_gone(archive: Archive) -> None:
    store_visits(archive, [visit(article(CABAI, title="Harga cabai", text="Harga cabai turun."), url=CABAI)])
    put_tombstone(archive, TAKEN_DOWN)
    [settled] = store_visits(archive, [visit(article(MOVED), url=CABAI, is_known=True, minutes=2)])
    assert settled.counts == ("rejected/other-article", "gone")
    assert counts(archive)["articles"] == 1
    assert state(archive, CABAI)[0] == "gone"
    assert archive.value("SELECT count(*) FROM takedown_urls WHERE url = :url", {"url": CABAI}) == 0


@pytest.mark.parametrize("is_one_batch", [True, False])
def test_address_that_a_batch_shuts_is_shut_for_the_rest_of_it(archive: Archive, is_one_batch: bool) -> None:
    known = sorted(sorted(map(number, words)) for words in paragraphs(TEXT))
    put_tombstone(archive, TAKEN_DOWN | {"traces": known, "urls": [MOVED], "native_id": None, "digest": "sha256:0"})
    own = visit(article())  # known by its text: its address is shut
    leads = visit(article(PADI, title="Harga cabai", text="Pedagang di Praya menunggu pasokan."), url=CABAI)
    batches = [[own, leads]] if is_one_batch else [[own], [leads]]
    assert [one.counts for batch in batches for one in store_visits(archive, batch)] == [("taken-down",)] * 2


def test_number_that_a_theme_prints_on_each_page_makes_no_page_another_articles(archive: Archive) -> None:
    words = ("Petani memanen padi.", "Nelayan pulang tanpa ikan.", "Pedagang menunggu cabai.", "Jembatan putus.")
    for turn, text in enumerate(words):
        url, fields = f"https://warta.example/kisah-{turn}", {"title": text, "text": text, "native_id": "7"}
        named = "https://warta.example/kisah-0" if turn == 3 else url  # as the last one's page has it in its head
        found = article(named, published_at=NOW + timedelta(hours=turn), origins={"native_id": "markup"}, **fields)
        store_visits(archive, [visit(found, url=url, minutes=turn + 1)])
    assert [row["title"] for row in archive.rows("SELECT title FROM articles ORDER BY key")] == list(words)


def test_half_a_page_does_not_replace_the_story_and_is_fetched_again_later(archive: Archive) -> None:
    origins = {"authors": "json-ld", "published_at": "meta"}
    whole = article(text=f"{TEXT} " * 5, authors=("Baiq Sari",), published_at=NOW, origins=origins)
    store_visits(archive, [visit(whole)])
    before = row(archive, "articles", PADI)
    half = replace(whole, text="Petani di Sukarara", authors=(), published_at=None, origins={})
    (settled,) = store_visits(archive, [visit(half, minutes=5)])
    assert settled.counts == ("rejected/broken-page",)
    assert row(archive, "articles", PADI) == before
    assert counts(archive) == {"articles": 1, "revisions": 1, "rejections": 1}
    found = row(archive, "frontier", PADI)
    assert found is not None
    assert (found["state"], found["attempts"], found["reason"]) == ("due", 1, "broken-page")
    assert found["due_at"] > before["last_seen_at"]  # type: ignore[index]


@pytest.mark.parametrize("reason", ["reader-failed", "worker-died"])
@pytest.mark.parametrize("is_known", [True, False], ids=["archived", "new"])
def test_failure_of_ours_is_counted_and_the_page_fetched_again_later(
    archive: Archive, reason: Reason, is_known: bool
) -> None:
    if is_known:
        store_visits(archive, [visit(article())])
    before = row(archive, "articles", PADI)
    (settled,) = store_visits(archive, [visit(Rejection(reason=reason, detail="mati"), minutes=5, is_known=is_known)])
    assert settled == Resolved((f"rejected/{reason}",), f"put off ({reason}: mati): {PADI}")
    assert row(archive, "articles", PADI) == before
    assert counts(archive) == {"articles": is_known, "revisions": is_known, "rejections": 1}
    found = row(archive, "frontier", PADI)
    assert found is not None
    assert (found["state"], found["attempts"], found["reason"]) == ("due", 1, reason)
    assert found["due_at"] > at(5)


def test_incomplete_article_is_stored_and_asked_for_again_after_growing_pauses(archive: Archive) -> None:
    lacking = article(pages_missing=1)
    assert store_visits(archive, [visit(lacking)]) == [Resolved(("stored", "incomplete"))]
    assert state(archive, PADI)[:2] == ("done", INCOMPLETE)
    now = datetime.now(UTC)
    assert retry_incomplete(archive, "warta", now) == 1  # at once: by the next run
    assert state(archive, PADI)[0] == "due"
    assert store_visits(archive, [visit(lacking, minutes=2)]) == [Resolved(("unchanged", "incomplete"))]
    assert retry_incomplete(archive, "warta", now + timedelta(minutes=50)) == 0
    assert retry_incomplete(archive, "warta", now + timedelta(hours=2)) == 1
    [whole] = store_visits(archive, [visit(article(text=f"{TEXT}\n\nHarga naik."), minutes=3)])
    assert whole.counts == ("revised",)
    assert state(archive, PADI)[:2] == ("done", None)
    assert retry_incomplete(archive, "warta", now + timedelta(days=99)) == 0
    [first, second] = read_revisions(archive, archive.text("SELECT id FROM articles") or "")
    assert second.describe() == "other pages: body"


def test_whole_article_is_not_replaced_by_one_that_lacks_pages(archive: Archive) -> None:
    whole = f"{TEXT}\n\nHarga naik."
    store_visits(archive, [visit(article(text=whole))])
    [lacking] = store_visits(archive, [visit(article(pages_missing=1), minutes=2)])
    assert lacking.counts == ("rejected/broken-page",)
    assert archive.text("SELECT text FROM articles") == whole
    assert state(archive, PADI)[:2] == ("due", "broken-page")
    longer = article(text=f"{whole}\n\nPasar ramai.", pages_missing=1)  # what there is has grown
    assert store_visits(archive, [visit(longer, minutes=3)])[0].counts == ("revised", "incomplete")
