"""Stories over several shards: the clusters that one archive of all their articles finds, without gathering all texts.

1. Every shard tells by which numbers its articles meet others (archive/shards/told.py).
2. In the order in which they were first seen the articles are assigned by the code of one archive, in a temporary one
   that knows their numbers only. The texts of those that meet are asked for: some thousand articles ahead those that
   are foreseen to, the others when they are needed. So what is foreseen decides how often shards are asked, not what
   is found.
3. The members of stories are asked for as people are shown them.

The order is that of first_seen_at, then of ids, so that the stories are the same however outlets are dealt out to
shards: those that rebuild_stories() finds in an archive that stored the articles in this order.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from sqlite3 import Row as Held
from tempfile import TemporaryDirectory
from typing import TypeVar

from archive.database import Archive, open_archive
from archive.shards.fan import Fan
from archive.shards.told import (
    Numbered,
    Row,
    begin_of,
    tell_members,
    tell_numbers,
    tell_texts,
    unpacked,
)
from archive.stories.clusters import Story, assign, list_stories, note_first
from archive.stories.compared import read_fingerprints
from archive.stories.near_keys import holders, is_standing
from kickcrawl.compare.near import Fingerprint
from kickcrawl.errors import ArchiveError, UsageError

Thing = TypeVar("Thing")
MAX_ASKED = 2_000  # articles that are looked ahead for texts, and members that are asked for at once


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStories:
    """Stories over all shards, and what they took.

    *articles* were told of in *bytes_told* bytes of numbers; of *texts* of them the text was asked for. *doubles* are
    ids that another shard told of as well: the first that was seen counts.
    """

    stories: list[Story]
    articles: int
    bytes_told: int
    texts: int
    doubles: list[str]


def find_stories(fan: Fan, *, outlet: str | None = None, limit: int | None = None) -> SharedStories:
    """Return the stories over all shards as list_stories() does, with *limit* None all of them.

    The temporary archive has the numbers of all articles and the texts of those that meet. Raises ArchiveError where
    an article changes in the meantime, UsageError for an outlet of which no shard holds anything.
    """
    told = fan(tell_numbers, None)
    if outlet is not None and not any(outlet in shard.outlets for shard in told):
        raise UsageError(f"no shard holds anything of an outlet {outlet!r}")
    with TemporaryDirectory() as place, closing(_temporary(Path(place) / "archive.db")) as archive:
        gathering = _Gathering(archive, fan)
        in_order = merge(*map(unpacked, told), key=lambda article: (article.seen, article.id))
        for articles in _batches(in_order):
            with archive.transaction():
                gathering.assign(articles)
        with archive.transaction():
            gathering.show_members()
        return SharedStories(
            stories=list_stories(archive, outlet=outlet, limit=-1 if limit is None else limit),
            articles=archive.count("SELECT count(*) FROM articles"),
            bytes_told=sum(len(shard.packed) for shard in told),
            texts=len(gathering.asked),
            doubles=gathering.doubles,
        )


class _Gathering:
    """A temporary archive that asks the shards for the texts that it lacks."""

    def __init__(self, archive: Archive, fan: Fan) -> None:
        self._archive, self._fan = archive, fan
        self._ahead: Mapping[int, Numbered] = {}  # those that are being assigned, by their keys
        self.asked: set[int] = set()  # keys of the articles whose text is here
        self.doubles: list[str] = []

    def assign(self, articles: Iterable[Numbered]) -> None:
        """Assign *articles* to stories, which come behind all that were assigned before."""
        self._ahead = dict(self._add(articles))
        numbers = set(chain.from_iterable((*one.keys.paragraphs, *one.keys.bands) for one in self._ahead.values()))
        self._ask(foreseen(self._ahead, holders(self._archive, 0, numbers)))
        for key, told in self._ahead.items():
            row = self._archive.row("SELECT key, id, outlet, digest FROM articles WHERE key = :key", {"key": key})
            assert row is not None, "it was just added"
            assign(self._archive, row, self._read, known=told.keys, without=told.standing, spare=[])

    def show_members(self) -> None:
        """Ask for what stories show of their members, and find again which of them came first."""
        members = self._archive.rows(_MEMBERS)
        for batch in _batches(members):
            rows = self._tell(tell_members, {row["id"]: row["digest"] for row in batch})
            self._archive.write_many(_SHOW, rows)
        for row in self._archive.rows("SELECT min(article_id) AS id FROM story_members GROUP BY story_id"):
            note_first(self._archive, row["id"])

    def _add(self, articles: Iterable[Numbered]) -> Iterator[tuple[int, Numbered]]:
        for told in articles:
            if self._archive.row("SELECT 1 FROM articles WHERE id = :id", {"id": told.id}):
                self.doubles.append(told.id)
                continue
            yield self._archive.write(_ADD, {"id": told.id, "outlet": told.outlet, "digest": told.digest}), told

    def _read(self, keys: Collection[int]) -> Mapping[int, Fingerprint]:
        if lacking := set(keys) - self.asked:
            self._ask(lacking | alike(self._ahead, lacking))
        return read_fingerprints(self._archive, keys)

    def _ask(self, keys: Collection[int]) -> None:
        if not (lacking := set(keys) - self.asked):
            return
        sql = "SELECT id, digest FROM articles WHERE key IN (SELECT value FROM json_each(:keys))"
        asked = {row["id"]: row["digest"] for row in self._archive.rows(sql, {"keys": json.dumps(list(lacking))})}
        self._archive.write_many(_KEEP_TEXT, self._tell(tell_texts, asked))
        self.asked |= lacking

    def _tell(self, step: Callable[[Path, Collection[str]], list[Row]], asked: Mapping[str, str]) -> list[Row]:
        """Return the rows that shards tell of the articles *asked*, by id, with the digest of the text told of."""
        answers = chain.from_iterable(self._fan(step, list(asked)))
        rows = {row["id"]: row for row in answers if begin_of(row["digest"]) == asked[row["id"]]}
        if changed := asked.keys() - rows.keys():
            why = f"article {min(changed)} was changed or taken out while stories were sought; ask again"
            raise ArchiveError("the shards", why)
        return list(rows.values())


def foreseen(articles: Mapping[int, Numbered], held: Mapping[int, list[Held]]) -> set[int]:
    """Return the keys of articles whose texts will be compared: of *articles*, and of those that they meet.

    *held* are the articles before them that hold their numbers, as holders() gives them. Pure, and a guess.
    """
    often = Counter(chain.from_iterable(told.met_by for told in articles.values()))
    wanted = set()
    for key, told in articles.items():
        standing = {number for number in told.keys.paragraphs if is_standing(held.get(number, ()), told.outlet)}
        # Those that its shard calls standing may become so among these; others hold them, but not enough of its outlet.
        doubted = {number for number in told.standing - standing if number in held}
        met = [number for number in (told.met_by - standing) | doubted if number in held or often[number] > 1]
        if met or not standing <= told.standing:
            wanted |= {key, *(other["key"] for number in met for other in held.get(number, ()))}
    return wanted


def alike(articles: Mapping[int, Numbered], keys: Collection[int]) -> set[int]:
    """Return the keys of *articles* of which what misled about those of *keys* is told as well: as standing text.

    A closing that many outlets of one publisher share is now standing text of one of them and now not.
    """
    misleading = set(chain.from_iterable(articles[key].standing for key in keys if key in articles))
    return {key for key, told in articles.items() if not misleading.isdisjoint(told.standing)}


def _temporary(path: Path) -> Archive:
    """Make an archive of nothing but what stories need: no full text, no counts, one index; it need outlive nothing."""
    archive = open_archive(path, create=True)
    archive.write("PRAGMA foreign_keys = OFF")  # articles alone: no outlets, no captures
    archive.write("PRAGMA synchronous = OFF")
    for row in archive.rows(_NOT_NEEDED):
        archive.write(f"DROP {row['type']} {row['name']}")
    return archive


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    left = iter(things)
    while batch := list(islice(left, MAX_ASKED)):
        yield batch


_NOT_NEEDED = """
    SELECT type, name FROM sqlite_master WHERE tbl_name = 'articles'
    AND (type = 'trigger' OR type = 'index' AND sql IS NOT NULL AND name <> 'articles_by_digest')
"""
_ADD = """
    INSERT INTO articles (id, outlet, url, title, text, authors, sections, tags, first_seen_at, last_seen_at, images,
                          related, words, digest, revision, origins, disagreements, extractor, capture_id)
    VALUES (:id, :outlet, :id, '', '', '[]', '[]', '[]', '', '', '[]', '[]', 0, :digest, 1, '{}', '[]', '', 0)
"""
_KEEP_TEXT = "UPDATE articles SET text = :text, dateline = :dateline, initials = :initials WHERE id = :id"
_SHOW = """
    UPDATE articles SET url = :url, title = :title, published_at = :published_at, published_offset = :published_offset,
    first_seen_at = :first_seen_at, gone_at = :gone_at WHERE id = :id
"""
_MEMBERS = "SELECT a.id, a.digest FROM story_members m JOIN articles a ON a.id = m.article_id ORDER BY a.key"
