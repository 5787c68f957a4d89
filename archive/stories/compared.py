"""Which candidates are copies of an article: the same title and text, or texts that are compared.

same_text(archive, article), near_copies(archive, ...) -> Match, each    one_copy(matches): of one part of the text

What two texts have in common, and whether that makes them copies: kickcrawl/compare/near.py.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from archive.database import Archive
from archive.stories.near_keys import unpack
from kickcrawl.compare.near import Comparison, Fingerprint, compare, fingerprint, searched

MAX_COMPARED = 10  # candidates whose texts are compared, those that share most lookup keys first
# Of these, how many share only one lookup key: in a large archive unrelated texts do by chance.
MAX_SINGLE_KEY_CANDIDATES = 3

Read = Callable[[Collection[int]], Mapping[int, Fingerprint]]  # gives what is compared of articles, by their keys


@dataclass(frozen=True, slots=True)
class Match:
    """An article that is the same copy, as it stands in the archive, and how that is known."""

    row: sqlite3.Row
    verdict: Comparison
    evidence: str


def read_fingerprints(archive: Archive, keys: Collection[int]) -> dict[int, Fingerprint]:
    """Return what is compared of the articles of those *keys*, from their texts in the archive."""
    sql = "SELECT key, text, dateline, initials FROM articles WHERE key IN (SELECT value FROM json_each(:keys))"
    return {
        row["key"]: fingerprint(row["text"], dateline=row["dateline"], initials=row["initials"])
        for row in archive.rows(sql, {"keys": json.dumps(list(keys))})
    }


def same_text(archive: Archive, row: sqlite3.Row) -> list[Match]:
    """Return the newest other article of the same title and text; short ones are found in no other way."""
    rows = archive.rows(
        "SELECT a.key, a.id FROM articles a JOIN near_sketches n ON n.article_key = a.key "
        "WHERE a.digest = :digest AND a.key <> :key ORDER BY a.key DESC LIMIT 1",
        {"digest": row["digest"], "key": row["key"]},
    )
    return [Match(found, Comparison(1.0, "copy"), "same-text") for found in rows]


def near_copies(
    archive: Archive, subject: Fingerprint, standing: set[int], shared: Counter[int], read: Read
) -> list[Match]:
    """Return the articles among the candidates that are copies, the likeliest first."""
    # Of those that share as many keys the newest, so that it does not depend on the order in which keys were counted.
    likely = sorted((key for key, count in shared.items() if count > 1), key=lambda key: (-shared[key], -key))
    chance = sorted((key for key, count in shared.items() if count == 1), reverse=True)
    compared = [*likely, *chance[:MAX_SINGLE_KEY_CANDIDATES]][:MAX_COMPARED]
    rows = archive.rows(
        "SELECT a.key, a.id, n.numbers FROM articles a JOIN near_sketches n ON n.article_key = a.key "
        "WHERE a.key IN (SELECT value FROM json_each(:keys))",
        {"keys": json.dumps(compared)},
    )
    others, found = read(compared), []
    for row in rows:
        other = others[row["key"]]
        # A paragraph that it is not found by was standing text when it was stored.
        theirs = searched(other) - unpack(row["numbers"])
        found.append(Match(row, compare(subject, other, theirs | standing), "near-copy"))
    return sorted((m for m in found if m.verdict.is_copy), key=lambda m: (-m.verdict.share, m.row["key"]))


def one_copy(matches: Sequence[Match]) -> list[Match]:
    """Return the best match and those that are copies of the same part of the text.

    An article that runs two others one after the other must not make one story of them.
    """
    best = next((match for match in matches if match.verdict.common), matches[0])
    kept = {match.row["id"]: match for match in reversed(matches) if _overlaps(match.verdict, best.verdict)}
    return [kept[key] for key in dict.fromkeys(match.row["id"] for match in matches) if key in kept]


def _overlaps(one: Comparison, other: Comparison) -> bool:
    if not one.common or not other.common:  # the same text: all of it
        return True
    return len(one.common & other.common) * 2 >= min(len(one.common), len(other.common))
