"""Articles: what is a revision and what is not, and that every state is written whole and never changed."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.article_rows import content_of
from archive.articles import Decision, New, Revised, Unchanged, decide, mark_gone, record
from archive.captures import Capture, store_capture
from archive.database import Archive, open_archive
from archive.identity import Arrival
from archive.runs import start_run
from kickcrawl.article import Article, Claim, Image, Moment, RelatedLink
from kickcrawl.fingerprint import article_id, text_digest
from tests.support.storing import KEPT, NOW, OUTLET

PADI = "https://warta.example/panen-padi"
MOVED = "https://warta.example/panen-padi-di-sukarara"
OTHER = "https://warta.example/harga-cabai"
PUBLISHED = datetime(2025, 7, 13, 22, tzinfo=UTC)
PICTURE = Image(url="https://warta.example/padi.jpg", caption="Petani di Sukarara", credit="Warta")
STORY = Article(
    url=PADI,
    title="Panen padi di Sukarara naik",
    text="Petani di Sukarara memanen padi lebih awal.\n\nHarga gabah tetap.",
    authors=("Lalu Ahmad", "Baiq Sari"),
    sections=("Ekonomi", "Desa"),
    tags=("padi", "gabah"),
    language="id",
    published_at=PUBLISHED,
    published_offset=480,
    modified_at=PUBLISHED,
    images=(PICTURE,),
    related=(RelatedLink(url=OTHER, title="Harga cabai turun"),),
    dateline="warta.example – Praya,",
    initials="(la)",
    native_id="4711",
    origins={
        "authors": "json-ld",
        "sections": "rest",
        "tags": "rest",
        "published_at": "rest",
        "modified_at": "rest",
        "native_id": "markup",
    },
    disagreements=(Claim(field="published_at", value=Moment(PUBLISHED + timedelta(hours=1), 480), source="visible"),),
)
SILENT = replace(  # the same page on a day when nothing but the page's text speaks
    STORY,
    authors=(), sections=(), tags=(), language=None, published_at=None, published_offset=None, modified_at=None,
    native_id=None, origins={}, disagreements=(),
)  # fmt: skip


class Desk:
    """An archive into which states of articles arrive, each a minute after the last."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._minutes = 0
        self._captures: dict[str, tuple[int, int]] = {}

    def arrive(self, article: Article, *, requested: str | None = None, outlet: str = "warta") -> Decision:
        run_id, capture_id = self._captures.get(outlet) or self._begin(outlet)
        self._minutes += 1
        arrival = Arrival(
            article=article,
            outlet=outlet,
            requested_url=requested or article.url,
            capture_id=capture_id,
            run_id=run_id,
            fetched_at=at(self._minutes),
        )
        with self.archive.transaction():
            return record(self.archive, arrival)

    def row(self, url: str) -> dict[str, Any]:
        """Return the article that is found under *url*."""
        row = self.archive.row(
            "SELECT a.* FROM articles a JOIN article_urls u ON u.article_id = a.id WHERE u.url = :url", {"url": url}
        )
        assert row is not None, f"nothing is stored under {url}"
        return dict(row)

    def revisions(self, url: str) -> list[dict[str, Any]]:
        given = {"id": self.row(url)["id"]}
        return [
            dict(row)
            for row in self.archive.rows("SELECT * FROM revisions WHERE article_id = :id ORDER BY number", given)
        ]

    def count(self, table: str = "articles") -> int:
        return int(self.archive.value(f"SELECT count(*) FROM {table}"))

    def _begin(self, outlet: str) -> tuple[int, int]:
        run_id = start_run(self.archive, OUTLET | {"slug": outlet}, {}, NOW)
        fetch = Capture(run_id=run_id, url=PADI, fetched_at=at(0), **KEPT)
        self._captures[outlet] = run_id, store_capture(self.archive, fetch)
        return self._captures[outlet]


def at(minutes: int) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield Desk(archive)


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        pytest.param({}, Unchanged(), id="the same"),
        pytest.param({"modified_at": NOW}, Unchanged(), id="touched"),
        pytest.param({"url": MOVED}, Unchanged(), id="new address"),
        pytest.param({"native_id": "99"}, Unchanged(), id="numbered anew"),
        pytest.param({"tags": ("gabah", "padi")}, Unchanged(), id="order of tags"),
        pytest.param({"authors": ("Baiq Sari", "Lalu Ahmad")}, Unchanged(), id="order of authors"),
        pytest.param({"sections": ("Desa", "Ekonomi")}, Unchanged(), id="order of sections"),
        pytest.param({"published_at": NOW}, Unchanged(), id="publish time put right"),
        pytest.param({"related": ()}, Unchanged(), id="other links"),
        pytest.param({"images": (PICTURE, Image(url="https://warta.example/b.jpg"))}, Unchanged(), id="bare picture"),
        pytest.param({"images": (replace(PICTURE, url="https://cdn.example/x.jpg"),)}, Unchanged(), id="picture moved"),
        pytest.param({"title": "Panen padi turun"}, Revised(("title",)), id="title"),
        pytest.param({"title": STORY.title.upper()}, Revised(("title",)), id="capitals in the title"),
        pytest.param({"text": STORY.text + "\n\nRalat."}, Revised(("text",)), id="text"),
        pytest.param({"text": "\n\n".join(reversed(STORY.text.split("\n\n")))}, Revised(("text",)), id="paragraphs"),
        pytest.param({"authors": ("Lalu Ahmad",)}, Revised(("authors",)), id="authors"),
        pytest.param({"sections": ("Ekonomi",)}, Revised(("sections",)), id="sections"),
        pytest.param({"tags": ("padi", "gabah", "bulog")}, Revised(("tags",)), id="tags"),
        pytest.param({"tags": ("padi", "gabah", "padi")}, Revised(("tags",)), id="a tag twice"),
        pytest.param({"images": (replace(PICTURE, caption="Sawah"),)}, Revised(("captions",)), id="caption"),
        pytest.param({"images": ()}, Revised(("captions",)), id="caption gone"),
        pytest.param(
            {"tags": (), "title": "Gabah", "images": ()}, Revised(("title", "tags", "captions")), id="several"
        ),
    ],
)
def test_change_of_content_makes_a_revision_and_nothing_else_does(changes: dict[str, Any], decision: Decision) -> None:
    assert decide(content_of(STORY), replace(STORY, **changes)) == decision


def test_what_was_never_seen_is_new() -> None:
    assert decide(None, STORY) == New()


def test_first_state_is_kept_field_by_field(desk: Desk) -> None:
    assert desk.arrive(STORY, requested=OTHER) == New()
    row = desk.row(PADI)
    assert row["id"] == article_id(PADI)
    assert (row["url"], row["title"], row["text"]) == (PADI, STORY.title, STORY.text)
    assert (row["section"], json.loads(row["sections"])) == ("Ekonomi", ["Ekonomi", "Desa"])
    assert (json.loads(row["authors"]), json.loads(row["tags"])) == (["Lalu Ahmad", "Baiq Sari"], ["padi", "gabah"])
    assert (row["published_at"], row["published_offset"], row["published_source"]) == (
        "2025-07-13T22:00:00+00:00", 480, "rest",
    )  # fmt: skip
    assert (row["modified_at"], row["gone_at"]) == ("2025-07-13T22:00:00+00:00", None)
    assert row["first_seen_at"] == row["last_seen_at"] == at(1)
    assert json.loads(row["images"]) == [
        {"url": "https://warta.example/padi.jpg", "caption": "Petani di Sukarara", "credit": "Warta"}
    ]
    assert json.loads(row["related"]) == [{"url": OTHER, "title": "Harga cabai turun"}]
    assert (row["dateline"], row["initials"], row["native_id"]) == ("warta.example – Praya,", "(la)", "4711")
    assert (row["words"], row["language"]) == (len(STORY.text.split()), "id")
    assert row["digest"] == text_digest(STORY.title, STORY.text)
    assert json.loads(row["origins"]) == STORY.origins
    assert json.loads(row["disagreements"]) == [
        {"field": "published_at", "source": "visible", "value": {"at": "2025-07-13T23:00:00+00:00", "offset": 480}}
    ]
    assert row["revision"] == 1
    (revision,) = desk.revisions(PADI)
    assert (revision["number"], revision["changed"], revision["recorded_at"]) == (1, "[]", at(1))
    assert desk.row(OTHER)["id"] == row["id"]  # the address that was asked for is one of its addresses


def test_edited_story_becomes_a_second_revision(desk: Desk) -> None:
    desk.arrive(STORY)
    (first,) = desk.revisions(PADI)
    edited = replace(STORY, title="Panen padi naik dua kali", text="Ralat: panen naik dua kali.", images=())
    assert desk.arrive(edited) == Revised(("title", "text", "captions"))
    row = desk.row(PADI)
    assert (row["title"], row["text"], row["images"]) == (edited.title, edited.text, "[]")
    assert (row["words"], row["revision"]) == (5, 2)
    assert row["digest"] == text_digest(edited.title, edited.text)
    assert (row["first_seen_at"], row["last_seen_at"]) == (at(1), at(2))
    before, second = desk.revisions(PADI)
    assert before == first
    assert json.loads(second["changed"]) == ["title", "text", "captions"]
    assert (second["number"], second["text"], second["recorded_at"]) == (2, edited.text, at(2))


def test_touched_story_makes_no_revision_and_keeps_its_new_times(desk: Desk) -> None:
    desk.arrive(STORY)
    assert desk.arrive(replace(STORY, modified_at=NOW, published_at=NOW - timedelta(hours=5))) == Unchanged()
    row = desk.row(PADI)
    assert (row["modified_at"], row["last_seen_at"], row["first_seen_at"]) == (at(0), at(2), at(1))
    assert row["published_at"] == "2025-07-13T20:00:00+00:00"
    assert (row["revision"], desk.count("revisions")) == (1, 1)


def test_revisions_are_never_changed(desk: Desk) -> None:
    desk.arrive(STORY)
    kept = desk.revisions(PADI)
    for text in ("Satu.", "Dua.", "Dua.", STORY.text):
        desk.arrive(replace(STORY, text=text, modified_at=None))
        revisions = desk.revisions(PADI)
        assert revisions[: len(kept)] == kept
        kept = revisions
    assert [revision["text"] for revision in kept] == [STORY.text, "Satu.", "Dua.", STORY.text]
    assert [revision["number"] for revision in kept] == [1, 2, 3, 4]


def test_moved_story_keeps_its_id_and_its_old_address(desk: Desk) -> None:
    desk.arrive(STORY)
    assert desk.arrive(replace(STORY, url=MOVED), requested=PADI) == Unchanged()
    assert desk.count() == 1
    assert desk.row(PADI)["id"] == desk.row(MOVED)["id"] == article_id(PADI)
    assert desk.row(PADI)["url"] == MOVED
    seen = desk.archive.rows("SELECT url, first_seen_at, last_seen_at FROM article_urls ORDER BY first_seen_at")
    assert [tuple(row) for row in seen] == [(PADI, at(1), at(2)), (MOVED, at(2), at(2))]


@pytest.mark.parametrize(
    ("changes", "outlet", "articles"),
    [
        pytest.param({}, "warta", 1, id="same headline and time"),
        pytest.param({"title": "Gabah"}, "warta", 1, id="same time"),
        pytest.param({"published_at": NOW}, "warta", 1, id="same headline"),
        pytest.param({"title": "Gabah", "published_at": NOW}, "warta", 2, id="numbered anew after a relaunch"),
        pytest.param({"title": "Gabah", "published_at": None}, "warta", 2, id="other headline and no time"),
        pytest.param({"native_id": "12"}, "warta", 2, id="another number"),
        pytest.param({"native_id": None, "origins": {}}, "warta", 1, id="no number, but the same words and time"),
        pytest.param({}, "kabar", 2, id="another outlet"),
    ],
)
def test_story_under_a_new_address_is_known_by_the_outlets_number(
    desk: Desk, changes: dict[str, Any], outlet: str, articles: int
) -> None:
    desk.arrive(STORY)
    desk.arrive(replace(STORY, url=MOVED, **changes), outlet=outlet)
    assert desk.count() == articles
    assert (desk.row(MOVED)["id"] == desk.row(PADI)["id"]) is (articles == 1)


def test_number_that_a_theme_prints_on_each_page_is_none_of_an_article(desk: Desk) -> None:
    days = [datetime(2025, 7, day, tzinfo=UTC) for day in (1, 2, 3, 3)]
    for number, day in enumerate(days):
        text = f"Panen ke-{number} di Sukarara dimulai."
        desk.arrive(replace(STORY, url=f"{PADI}-{number}", title=f"Panen {number}", text=text, published_at=day))
    assert desk.count() == 4


LONG = "Petani di Sukarara memanen padi lebih awal tahun ini, karena hujan turun lebih cepat dari biasanya. " * 2


@pytest.mark.parametrize(
    ("second", "changes", "articles"),
    [
        pytest.param("/desa/panen-padi", {}, 1, id="another section"),
        pytest.param("/desa/panen-padi", {"text": "Padi dan jagung."}, 2, id="another text"),
        pytest.param("/desa/panen-padi", {"published_at": NOW}, 2, id="another time"),
        pytest.param("/desa/panen-padi", {"published_at": None}, 1, id="time unsaid, but the last segment is the same"),
        pytest.param("/desa/jagung", {"published_at": None}, 2, id="time unsaid, and nothing vouches for it"),
        pytest.param("/desa/jagung", {}, 1, id="any slug"),
        pytest.param("/desa/jagung", {"text": f"{LONG}\n\nRalat: dua belas."}, 1, id="edited when it moved"),
        pytest.param("/desa/jagung", {"text": f"{LONG} Ralat.", "title": "Jagung"}, 2, id="another headline and text"),
    ],
)
def test_story_with_the_same_words_and_time_is_one_article_with_one_more_address(
    desk: Desk, second: str, changes: dict[str, Any], articles: int
) -> None:
    plain = replace(STORY, text=LONG, native_id=None, origins={})
    desk.arrive(plain)
    desk.arrive(replace(plain, url=f"https://warta.example{second}", **changes))
    assert desk.count() == articles
    assert desk.row(PADI)["url"] == PADI  # its first address still answers


@pytest.mark.parametrize(
    "other",
    [
        PADI.replace("https", "http"), PADI.replace("//", "//www."), f"{PADI}/",
        PADI.replace("https://", "http://www.") + "/",
    ],
)  # fmt: skip
def test_scheme_www_and_last_slash_make_no_second_article(desk: Desk, other: str) -> None:
    desk.arrive(SILENT)
    assert desk.arrive(replace(SILENT, url=other)) == Unchanged()
    assert desk.count() == 1
    assert desk.row(other)["id"] == desk.row(PADI)["id"] == article_id(PADI)


def test_another_outlet_may_have_a_story_at_such_an_address(desk: Desk) -> None:
    desk.arrive(SILENT)
    desk.arrive(replace(SILENT, url=f"{PADI}/"), outlet="kabar")
    assert desk.count() == 2


def test_article_whose_id_is_taken_gets_another(desk: Desk) -> None:
    taken = [article_id(OTHER), article_id(f"{OTHER}#2")]
    for number, identifier in enumerate(taken):  # as if the digests of two addresses were equal
        url = f"{PADI}-{number}"
        desk.arrive(replace(STORY, url=url, title=f"Panen {number}", native_id=None))
        desk.archive.write("PRAGMA foreign_keys = OFF")
        for table, column in (("articles", "id"), ("revisions_kept", "article_id"), ("article_urls", "article_id")):
            desk.archive.write(
                f"UPDATE {table} SET {column} = :id WHERE {column} = :old", {"id": identifier, "old": article_id(url)}
            )
        desk.archive.write("PRAGMA foreign_keys = ON")
    assert desk.arrive(replace(STORY, url=OTHER, title="Harga cabai", native_id=None)) == New()
    assert desk.row(OTHER)["id"] == article_id(f"{OTHER}#3")
    assert {desk.row(f"{PADI}-0")["id"], desk.row(f"{PADI}-1")["id"]} == set(taken)


@pytest.mark.parametrize("text", [STORY.text, "Ralat."], ids=["unchanged", "edited"])
@pytest.mark.parametrize(
    "field",
    [
        *("authors", "section", "sections", "tags", "published_at", "published_offset", "published_source"),
        "native_id",
    ],
)
def test_what_no_source_speaks_of_today_is_kept(desk: Desk, field: str, text: str) -> None:
    desk.arrive(STORY)
    before = desk.row(PADI)
    desk.arrive(replace(SILENT, text=text))
    assert desk.row(PADI)[field] == before[field]
    assert desk.row(PADI)["revision"] == (1 if text == STORY.text else 2)


def test_language_is_kept_through_an_edit(desk: Desk) -> None:
    desk.arrive(STORY)
    desk.arrive(replace(SILENT, text="Ralat."))
    assert desk.row(PADI)["language"] == "id"


def test_what_a_source_says_is_empty_is_not_kept(desk: Desk) -> None:
    desk.arrive(STORY)
    assert desk.arrive(replace(SILENT, origins={"tags": "rest"})) == Revised(("tags",))
    assert desk.row(PADI)["tags"] == "[]"
    assert json.loads(desk.row(PADI)["authors"]) == ["Lalu Ahmad", "Baiq Sari"]


@pytest.mark.parametrize(
    ("text", "kept"), [(STORY.text, "2025-07-13T22:00:00+00:00"), ("Ralat.", None)], ids=["unchanged", "edited"]
)
def test_modified_time_is_kept_only_while_the_text_is_the_same(desk: Desk, text: str, kept: str | None) -> None:
    desk.arrive(STORY)
    desk.arrive(replace(SILENT, text=text))
    assert desk.row(PADI)["modified_at"] == kept


@pytest.mark.parametrize(("text", "hours"), [(STORY.text, 0), ("Petani menanam lagi.", -1)], ids=["same", "edited"])
def test_earlier_modified_time_counts_only_for_another_text(desk: Desk, text: str, hours: int) -> None:
    desk.arrive(STORY)
    desk.arrive(replace(STORY, text=text, modified_at=PUBLISHED - timedelta(hours=1)))
    assert desk.row(PADI)["modified_at"] == (PUBLISHED + timedelta(hours=hours)).isoformat()


def test_gone_story_keeps_its_text_and_the_time_when_it_was_first_missed(desk: Desk) -> None:
    desk.arrive(STORY)
    assert mark_gone(desk.archive, PADI, at(5))
    assert not mark_gone(desk.archive, PADI, at(9))
    row = desk.row(PADI)
    assert (row["gone_at"], row["text"], row["last_seen_at"]) == (at(5), STORY.text, at(1))
    assert desk.count("revisions") == 1


@pytest.mark.parametrize("text", [STORY.text, "Ralat."], ids=["unchanged", "edited"])
def test_gone_story_that_is_seen_again_has_come_back(desk: Desk, text: str) -> None:
    desk.arrive(STORY)
    mark_gone(desk.archive, PADI, at(5))
    desk.arrive(replace(STORY, text=text))
    assert desk.row(PADI)["gone_at"] is None


@pytest.mark.parametrize("url", [OTHER, PADI], ids=["never stored", "an address that it has left"])
def test_nothing_is_gone_with_an_address_under_which_no_story_stands(desk: Desk, url: str) -> None:
    desk.arrive(STORY)
    desk.arrive(replace(STORY, url=MOVED))  # moved: the old address was not asked for
    assert not mark_gone(desk.archive, url, at(9))
    assert desk.row(MOVED)["gone_at"] is None


def test_story_is_gone_with_an_address_that_still_led_to_it_when_it_was_seen_last(desk: Desk) -> None:
    desk.arrive(replace(STORY, url=MOVED), requested=PADI)
    assert mark_gone(desk.archive, PADI, at(9))
    assert desk.row(MOVED)["gone_at"] == at(9)


def test_address_that_led_to_another_story_for_a_while_is_its_own_storys_again(desk: Desk) -> None:
    cabai = replace(STORY, url=OTHER, title="Harga cabai turun", text="Cabai murah.", native_id="12")
    desk.arrive(STORY)
    desk.arrive(cabai)
    desk.arrive(cabai, requested=PADI)  # redirected there
    assert desk.arrive(STORY) == Unchanged()  # and no more
    assert desk.count() == 2
    assert desk.row(PADI)["title"] == STORY.title
    assert desk.row(OTHER)["title"] == cabai.title
