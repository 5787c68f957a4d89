"""Stories: which articles are the same copy. It annotates, and never hides or deletes an article.

assign_story(archive, id)   after an article was stored or its text revised, in the same transaction
assign(archive, row, read)  the same with texts that are elsewhere (archive/shards/): those needed are asked for
list_stories, find_story    what is known, for people

Candidates meet in near_keys (archive/stories/near_keys.py); what they are is decided on their texts
(archive/stories/compared.py).
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import TypedDict, cast

from archive.database import Archive
from archive.stories.compared import Match, Read, near_copies, one_copy, read_fingerprints, same_text
from archive.stories.near_keys import holders, is_standing, meet, write_numbers
from kickcrawl.compare.near import Fingerprint, LookupKeys, bands, joint_bands, lookup_keys

MAX_RECLUSTERED = 100  # members; in a larger cluster a revision re-clusters only articles that were matched through it


class Member(TypedDict):
    """A member of a story, as people and other programs are shown it: an article, and how it is known to be a copy.

    *matched_id*, *share* and *evidence* are as in the table story_members; *is_first* is 1 for the one that came first.
    """

    id: str
    outlet: str
    url: str
    title: str
    published_at: str | None
    published_offset: int | None
    first_seen_at: str
    gone_at: str | None
    matched_id: str | None
    share: float
    evidence: str
    is_first: int


class Story(TypedDict):
    """A cluster of articles that are copies of one text: its id, and its members, the one that came first first."""

    story: int
    members: list[Member]


def assign_story(archive: Archive, article_id: str, known: LookupKeys | None = None) -> int | None:
    """Write the lookup keys of a new or revised article, assign it to its story, and return that story's id, if any.

    *known* are the keys of its text, if they were made before. Call inside the transaction that stores the article.
    """
    left, others = _leave(archive, article_id)
    spare = [left] if left is not None else []
    _assign(archive, article_id, known, spare)
    for other in others:
        _assign(archive, other, None, spare)
    return story_of(archive, article_id)


def story_of(archive: Archive, article_id: str) -> int | None:
    """Return the id of the story that an article belongs to, or None."""
    return archive.number("SELECT story_id FROM story_members WHERE article_id = :id", {"id": article_id})


def has_copies(archive: Archive, url: str) -> bool:
    """Tell whether the article whose canonical URL this is belongs to a story."""
    sql = "SELECT 1 FROM story_members m JOIN articles a ON a.id = m.article_id WHERE a.url = :url"
    return archive.row(sql, {"url": url}) is not None


def note_first(archive: Archive, article_id: str) -> None:
    """Note again which article of a story came first: its publish time may have been corrected."""
    story = story_of(archive, article_id)
    if story is not None:
        archive.write(_NOTE_FIRST, {"story": story})


def forget_story(archive: Archive, article_id: str) -> None:
    """Take an article out of its story and out of near_keys; call before its row is deleted."""
    left, others = _leave(archive, article_id)
    write_numbers(archive, archive.count("SELECT key FROM articles WHERE id = :id", {"id": article_id}), None)
    spare = [left] if left is not None else []
    for other in others:
        _assign(archive, other, None, spare)


def rebuild_stories(archive: Archive) -> None:
    """Find all stories again from the texts alone, in the order in which the articles were stored."""
    with archive.transaction():
        for table in ("story_members", "stories", "near_keys", "near_sketches"):
            archive.write(f"DELETE FROM {table}")
        for row in archive.rows("SELECT id FROM articles ORDER BY key"):
            _assign(archive, row["id"], None, [])


def list_stories(archive: Archive, *, outlet: str | None = None, limit: int = 20) -> list[Story]:
    """Return stories with a member of *outlet*, the one whose first article is newest first, each with its members."""
    rows = archive.rows(
        "SELECT s.id FROM stories s JOIN articles a ON a.id = s.first_id WHERE :outlet IS NULL OR EXISTS "
        "(SELECT 1 FROM story_members m JOIN articles o ON o.id = m.article_id "
        "WHERE m.story_id = s.id AND o.outlet = :outlet) "
        "ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, s.id LIMIT :limit",
        {"outlet": outlet, "limit": limit},
    )
    return [{"story": row["id"], "members": members_of(archive, row["id"])} for row in rows]


def find_story(archive: Archive, article_id: str) -> Story | None:
    """Return the story of an article with its members, or None."""
    story = story_of(archive, article_id)
    return {"story": story, "members": members_of(archive, story)} if story is not None else None


def members_of(archive: Archive, story: int) -> list[Member]:
    """Return the members of a story, the one that came first first."""
    return [cast("Member", dict(row)) for row in archive.rows(_MEMBERS, {"story": story})]


def assign(
    archive: Archive,
    article: sqlite3.Row,
    read: Read,
    *,
    known: LookupKeys | None = None,
    without: Collection[int] = (),
    spare: list[int],
) -> None:
    """Find an article's copies and assign it to their story; a new story takes its id from *spare* if there is one.

    *article* has key, id, outlet and digest of an article with a text. The bands of *known* are made without the
    paragraphs *without*: where these are its standing ones, and nobody shares a key with it, its text is not read.
    """
    key, own = article["key"], cache(lambda: read([article["key"]])[article["key"]])
    keys = known or lookup_keys(own())
    held = holders(archive, key, keys.paragraphs)
    standing = {number for number, others in held.items() if is_standing(others, article["outlet"])}
    numbers = [number for number in keys.paragraphs if number not in standing]
    sketch = keys.bands if standing == set(without) else _bands_without(standing, keys, own)
    shared = Counter(other["key"] for number in numbers for other in held.get(number, ()))
    shared.update(other["key"] for other in meet(archive, key, sketch))
    write_numbers(archive, key, (*numbers, *sketch))
    near = near_copies(archive, own(), standing, shared, read) if shared else []
    matches = [*same_text(archive, article), *near]
    if matches:
        _join(archive, article["id"], one_copy(matches), spare)


def _bands_without(standing: Collection[int], keys: LookupKeys, own: Callable[[], Fingerprint]) -> tuple[int, ...]:
    """Return the bands of an article's text without its *standing* paragraphs; it is read only where *keys* lack it."""
    found = joint_bands(keys.sketches, standing) if keys.sketches else None
    return found if found is not None else bands(own().shingles(standing))


def _assign(archive: Archive, article_id: str, known: LookupKeys | None, spare: list[int]) -> None:
    row = archive.row(f"SELECT {_COLUMNS} FROM articles a WHERE a.id = :id AND a.text <> ''", {"id": article_id})
    if row is not None:
        assign(archive, row, partial(read_fingerprints, archive), known=known, spare=spare)


def _join(archive: Archive, article_id: str, matches: Sequence[Match], spare: list[int]) -> None:
    """Put an article and its matches into one story: the oldest of theirs, into which the others are merged."""
    stories = sorted({s for match in matches if (s := story_of(archive, match.row["id"])) is not None})
    best = matches[0]
    if stories:
        story = stories[0]
    else:
        values = {"id": spare.pop() if spare else None, "first": best.row["id"]}
        story = archive.write("INSERT INTO stories (id, first_id) VALUES (:id, :first)", values)
    for other in stories[1:]:
        archive.write("UPDATE story_members SET story_id = :to WHERE story_id = :from", {"to": story, "from": other})
        archive.write("DELETE FROM stories WHERE id = :id", {"id": other})
    found = {"story": story, "matched": best.row["id"], "share": best.verdict.share, "evidence": best.evidence}
    archive.write(_ADD_MEMBER, found | {"id": article_id})
    for match in matches:
        told = {"story": story, "matched": article_id, "share": match.verdict.share, "evidence": match.evidence}
        if match is best:  # it stands for the story; nothing that it matched before is known
            told |= {"matched": None, "evidence": "matched"}
        archive.write(_ADD_MEMBER, told | {"id": match.row["id"]})
    archive.write(_NOTE_FIRST, {"story": story})


def _leave(archive: Archive, article_id: str) -> tuple[int | None, list[str]]:
    """Take an article and all other members out of its story; return the story's id if none is left, and the others.

    The others are to be assigned again. In a story of more than MAX_RECLUSTERED members only those are taken out that
    were matched through this article.
    """
    story = story_of(archive, article_id)
    if story is None:
        return None, []
    members = [row["article_id"] for row in archive.rows(_ORDER, {"story": story})]
    if len(members) > MAX_RECLUSTERED:
        known_by = "SELECT article_id FROM story_members WHERE matched_id = :id"
        members = [article_id, *(row["article_id"] for row in archive.rows(known_by, {"id": article_id}))]
    ids = {"ids": json.dumps(members)}
    archive.write("DELETE FROM story_members WHERE article_id IN (SELECT value FROM json_each(:ids))", ids)
    others = [member for member in members if member != article_id]
    if archive.row("SELECT 1 FROM story_members WHERE story_id = :story", {"story": story}):
        archive.write(_NOTE_FIRST, {"story": story})
        return None, others
    archive.write("DELETE FROM stories WHERE id = :story", {"story": story})
    return story, others


_COLUMNS = "a.key, a.id, a.outlet, a.digest"
_FIRST = "a.published_at IS NULL, a.published_at, a.first_seen_at, a.key"
_ORDER = """
    SELECT m.article_id FROM story_members m JOIN articles a ON a.id = m.article_id WHERE m.story_id = :story
    ORDER BY a.key
"""
_MEMBERS = f"""
    SELECT a.id, a.outlet, a.url, a.title, a.published_at, a.published_offset, a.first_seen_at, a.gone_at,
           m.matched_id, m.share, m.evidence, a.id = s.first_id AS is_first
    FROM story_members m JOIN articles a ON a.id = m.article_id JOIN stories s ON s.id = m.story_id
    WHERE m.story_id = :story ORDER BY {_FIRST}
"""
_NOTE_FIRST = f"""
    UPDATE stories SET first_id = (SELECT a.id FROM story_members m JOIN articles a ON a.id = m.article_id
                                   WHERE m.story_id = :story ORDER BY {_FIRST} LIMIT 1) WHERE id = :story
"""
_ADD_MEMBER = """
    INSERT INTO story_members (story_id, article_id, matched_id, share, evidence)
    VALUES (:story, :id, :matched, :share, :evidence) ON CONFLICT (article_id) DO NOTHING
"""
