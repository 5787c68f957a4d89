"""Each outlet is in one shard: what is found of one in two would be counted twice, and is refused."""

from collections.abc import Collection, Sequence

from kickcrawl.errors import UsageError


def check_apart(names: Sequence[str], held: Sequence[Collection[str]]) -> dict[str, str]:
    """Return the shard of each outlet; *held* are the outlets that each of the shards *names* has something of.

    Raises UsageError for an outlet that is in two shards.

    >>> check_apart(["barat", "timur"], [["warta"], ["kabar"]])
    {'warta': 'barat', 'kabar': 'timur'}
    """
    shards: dict[str, str] = {}
    for name, outlets in zip(names, held, strict=True):
        for outlet in outlets:
            if outlet in shards:
                where = f"in two shards, {shards[outlet]} and {name}"
                raise UsageError(f"the outlet {outlet} is {where}: its articles would count twice; leave it in one")
            shards[outlet] = name
    return shards
