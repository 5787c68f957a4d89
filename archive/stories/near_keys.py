"""By what near-copies meet: numbers of 48 bits, one for each LSH band and for each paragraph of a text.

What meets here is only a candidate; archive/stories/clusters.py compares the texts. A number that very many articles
hold would make every look-up slower, so only its newest holders are asked (MAX_HOLDERS).
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from archive.database import Archive

MAX_HOLDERS = 20  # newest articles that are looked at for each number; most copies appear within days
MIN_STANDING = 3  # other articles or stories of an outlet with a paragraph, from which on it is standing text


def is_standing(held: Iterable[sqlite3.Row], outlet: str) -> bool:
    """Tell whether an outlet prints a paragraph under everything: other stories of its hold it already."""
    return len({other["story"] for other in held if other["outlet"] == outlet}) >= MIN_STANDING


def holders(archive: Archive, key: int, numbers: Collection[int]) -> dict[int, list[sqlite3.Row]]:
    """Return which articles hold each of *numbers*, with their outlet and story (minus their key if they have none)."""
    found: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in archive.rows(_HOLDERS, {"numbers": json.dumps(list(numbers)), "key": key, "crowd": MAX_HOLDERS - 1}):
        found[row["number"]].append(row)
    return found


def meet(archive: Archive, key: int, numbers: Sequence[int]) -> list[sqlite3.Row]:
    """Return a row with the key of an article for each of *numbers* that it holds."""
    return archive.rows(_CROWD, {"numbers": json.dumps(numbers), "key": key, "crowd": MAX_HOLDERS - 1})


def unpack(packed: bytes) -> set[int]:
    """Return the numbers in a column of near_sketches."""
    return {int.from_bytes(packed[at : at + 6]) for at in range(0, len(packed), 6)}


def write_numbers(archive: Archive, key: int, numbers: Sequence[int] | None) -> None:
    """Make *numbers* those that an article is found by; None takes it out."""
    stored = archive.value("SELECT numbers FROM near_sketches WHERE article_key = :key", {"key": key})
    held = unpack(stored) if isinstance(stored, bytes) else set()
    new = set(numbers or ())
    if gone := held - new:
        archive.write_many("DELETE FROM near_keys WHERE number = ? AND article_key = ?", [(n, key) for n in gone])
    if added := sorted(new - held):
        archive.write_many("INSERT INTO near_keys (number, article_key) VALUES (?, ?)", [(n, key) for n in added])
    if numbers is None:
        archive.write("DELETE FROM near_sketches WHERE article_key = :key", {"key": key})
    elif stored is None or new != held:
        packed = b"".join(number.to_bytes(6) for number in sorted(new))
        archive.write(
            "INSERT OR REPLACE INTO near_sketches (article_key, numbers) VALUES (:key, :numbers)",
            {"key": key, "numbers": packed},
        )


# The newest holders of each number: from the 20th newest on.
_NEWEST = """
    json_each(:numbers) n CROSS JOIN near_keys k ON k.number = n.value AND k.article_key <> :key
    AND k.article_key >= coalesce((SELECT article_key FROM near_keys WHERE number = n.value
                                   ORDER BY article_key DESC LIMIT 1 OFFSET :crowd), 0)
"""
_CROWD = f"SELECT k.article_key AS key FROM {_NEWEST}"
_HOLDERS = f"""
    SELECT k.number, k.article_key AS key, a.outlet, coalesce(m.story_id, -a.key) AS story FROM {_NEWEST}
    JOIN articles a ON a.key = k.article_key LEFT JOIN story_members m ON m.article_id = a.id
"""
