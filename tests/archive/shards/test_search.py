"""Several archives are searched as one: the same articles, pieces, order, scores and totals as one archive gives."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.database import Archive, open_archive
from archive.query.census import take_census
from archive.query.choice import Choice
from archive.query.choose import Bucket, Order, count, timeline
from archive.query.condition import condition
from archive.query.hits import Hit, find
from archive.query.relevance import look_up, scores_of
from archive.shards.fan import Fan, one_by_one
from archive.shards.listing import Listed
from archive.shards.search import count_among, find_among, timeline_among
from kickcrawl.errors import UsageError
from tests.support.sharded import Sharded, put_in_both

Question = TypeVar("Question")
Answer = TypeVar("Answer")
SHARDS = (("warta", "kabar"), ("suara",), ("lombok", "bima"), ("sepi",))
OUTLETS = [slug for slugs in SHARDS for slug in slugs if slug != "sepi"]
WORDS = """
    tangkap menangkap ditangkap tertangkap penangkapan tangkapan banjir kebanjiran membanjiri kebanjiran kirim mengirim
    kiriman dikirim pengiriman tulis menulis penulis tulisan harga seharga dihargai berharga menghargai beri memberi
    diberikan pemberian berita pemberitaan tahu mengetahui pengetahuan ketahuan kerja bekerja pekerja kinerja rumah
    perumahan dirumahkan desa pedesaan kepala mengepalai polisi kepolisian hakim kehakiman air pengairan nikah menikah
    pernikahan dinikahi temu bertemu menemui pertemuan ditemukan ubah mengubah perubahan kubah angkat mengangkat
    perangkat perangkatnya awas mengawasi pengawasan kawasan Israel Israeli Ramadhani
""".split()
RARE = ("gempa", "longsor", "tsunami", "letusan", "kemarau")


def articles() -> Iterator[dict[str, Any]]:
    """Yield articles: no outlet has all words, lengths differ by outlet, some are of one time or of none."""
    random = Random(18)  # the same articles in every run
    for number in range(240):
        outlet = random.choice(OUTLETS)
        own = [word for at, word in enumerate(WORDS) if (at + OUTLETS.index(outlet)) % 3]
        words = random.choices(own, k=random.randrange(1, 12 * (1 + OUTLETS.index(outlet))))
        words += random.sample(RARE, random.choice([0, 0, 0, 1, 2]))
        random.shuffle(words)
        hours = random.randrange(300)
        yield {
            "slug": f"artikel-{number}", "outlet": outlet, "text": " ".join(words) + ".",
            "title": " ".join(random.choices(own, k=4)),
            "published_at": datetime(2025, 7, 1, tzinfo=UTC) + timedelta(hours=hours) if number % 9 else None,
            "sections": (random.choice(["Desa", "Bima"]),), "authors": (random.choice(["Ani", "Budi"]),),
        }  # fmt: skip
    yield {"slug": "satu", "outlet": "sepi", "text": "Sepi.", "title": "Sepi"}


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Sharded:
    return put_in_both(tmp_path_factory.mktemp("sharded"), list(articles()), SHARDS)


@pytest.fixture(scope="module")
def whole(sharded: Sharded) -> Iterator[Archive]:
    archive = open_archive(sharded.whole, read_only=True)
    yield archive
    archive.close()


class Counting:
    """A fan that carries questions and answers as to another machine, and keeps the answers."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._fan = one_by_one(paths)
        self.answers: list[Sequence[Any]] = []

    def __call__(self, step: Callable[[Path, Question], Answer], question: Question, /) -> Sequence[Answer]:
        step, question = pickle.loads(pickle.dumps((step, question)))
        answers: Sequence[Answer] = pickle.loads(pickle.dumps(self._fan(step, question)))
        self.answers.append(answers)
        return answers


def placed(archive: Archive, choice: Choice, order: Order) -> list[tuple[tuple[float, str, str], Hit]]:
    """Return all that one archive finds, each with its place, equals by their ids."""
    found = find(archive, choice, order=order, limit=None)
    asked = look_up(archive, condition(archive, choice))
    is_ranked = order == "relevance" and asked.match is not None
    keys = {row["id"]: row["key"] for row in archive.rows("SELECT id, key FROM articles")}
    scores = scores_of(archive, asked.match, asked.keys or [], take_census(archive, asked.match)) if is_ranked else {}
    every = [((scores.get(keys[hit.id], 0.0), hit.published_at or "", hit.id), hit) for hit in found.hits]
    by_place = sorted(every, key=lambda one: one[0], reverse=order != "oldest")
    assert [place[:2] for place, _ in every] == [place[:2] for place, _ in by_place]
    return by_place


def check(sharded: Sharded, archive: Archive, choice: Choice, order: Order, limit: int | None) -> Counting:
    fan = Counting(sharded.shards)
    found = find_among(fan, choice, order=order, limit=limit)
    by_place = placed(archive, choice, order)
    assert found.hits == [hit for _, hit in by_place][:limit]
    assert (found.total, found.ranked) == (len(by_place), None)
    scores = {hit.id: place[0] for place, hit in by_place}
    listed: Sequence[Listed] = fan.answers[-1]
    assert all(score == scores[hit.id] for one in listed for score, hit in one.best)
    return fan


QUERIES = st.recursive(
    st.sampled_from([*WORDS, *RARE, "sepi", "nihil", "menihilkan", "ban*", "peng*", "judul:banjir", '"kepala desa"']),
    lambda part: st.one_of(
        st.tuples(part, part).map(" ".join),
        st.tuples(part, part).map(" OR ".join),
        part.map("-({})".format),
    ),
    max_leaves=5,
)
ORDERS = st.sampled_from(["relevance", "newest", "oldest"])


@pytest.mark.slow
@settings(max_examples=75, deadline=None)
@given(QUERIES, ORDERS, st.sampled_from([1, 5, 20, None]), st.booleans())
def test_any_question_has_the_same_answer(
    sharded: Sharded, whole: Archive, words: str, order: Order, limit: int | None, exact: bool
) -> None:
    check(sharded, whole, Choice(words=words, exact=exact), order, limit)


CHOICES = [
    Choice(),
    Choice(words="..."),
    Choice(outlet="bima"),
    Choice(words="menangkap banjir", outlet="kabar"),
    Choice(words="berita", section="desa"),
    Choice(words="kirim", author="BUDI", since=date(2025, 7, 3)),
    Choice(words="rumah", since=date(2025, 7, 2), until=date(2025, 7, 6), utc=True),
    Choice(words="gempa OR tsunami"),
    Choice(words="NOT banjir"),
]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_part_of_a_choice_counts(sharded: Sharded, whole: Archive, choice: Choice, order: Order) -> None:
    check(sharded, whole, choice, order, 10)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_counts_and_timelines_are_those_of_one_archive(sharded: Sharded, whole: Archive, choice: Choice) -> None:
    fan = one_by_one(sharded.shards)
    assert count_among(fan, choice) == count(whole, choice)
    buckets: tuple[Bucket, ...] = ("day", "month", "outlet")
    for by in buckets:
        assert timeline_among(fan, choice, by) == timeline(whole, choice, by)


@pytest.mark.parametrize("word", sorted({*WORDS, *RARE}))
def test_a_question_takes_three_fans(sharded: Sharded, whole: Archive, word: str) -> None:
    assert len(check(sharded, whole, Choice(words=word), "relevance", 20).answers) == 3


def test_fourth_fan_is_for_forms_that_no_shard_could_know_of(tmp_path: Path) -> None:
    """memakai alone may be of maka; where pakai and pakaian occur elsewhere it is not."""
    texts = {"suara": "Mereka memakai masker.", "warta": "Toko pakaian laku: pakai seragam."}
    put = [{"slug": "artikel", "outlet": outlet, "text": text, "title": "Kabar"} for outlet, text in texts.items()]
    sharded = put_in_both(tmp_path, put, [["suara"], ["warta"]])
    alone = find_among(one_by_one(sharded.shards[:1]), Choice(words="maka"))
    assert [hit.outlet for hit in alone.hits] == ["suara"]
    archive = open_archive(sharded.whole, read_only=True)
    assert len(check(sharded, archive, Choice(words="maka"), "relevance", 20).answers) == 4
    archive.close()


def test_marks_are_those_asked_for(sharded: Sharded) -> None:
    found = find_among(one_by_one(sharded.shards), Choice(words="sepi"), marks=("<", ">"))
    assert [hit.snippet for hit in found.hits] == ["<Sepi>"]


def test_outlet_that_no_shard_knows_is_an_error_that_says_what_there_is(sharded: Sharded) -> None:
    fan = one_by_one(sharded.shards)
    with pytest.raises(UsageError, match="'koran'; there are: bima, kabar, lombok, sepi, suara, warta"):
        find_among(fan, Choice(outlet="koran"))
    with pytest.raises(UsageError, match="originals"):
        count_among(fan, Choice(originals=True))


def test_no_shard_holds_nothing() -> None:
    fan: Fan = one_by_one([])
    assert find_among(fan, Choice(words="banjir")).hits == []
    assert count_among(fan, Choice()) == 0
