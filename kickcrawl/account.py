"""The account of what became of the addresses that seeds named: each is in one state, and the states add up.

Pure. The archive counts (archive.accounts); here is what the counts mean, and how they are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

AddressState = Literal["archived", "unchanged", "alias", "gone", "waiting", "rejected", "excluded", "outside"]
STATES: tuple[AddressState, ...] = get_args(AddressState)
UNFETCHED = "not fetched yet"  # reason of an address that waits: the run ended before its turn
# As they are told to a person; alias: the address leads to an article that has another one.
_WORDS: Mapping[AddressState, str] = {
    "archived": "archived",
    "unchanged": "unchanged",
    "alias": "another address of an article",
    "gone": "gone",
    "waiting": "waiting",
    "rejected": "rejected",
    "excluded": "excluded",
    "outside": "outside the asked days",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressGroup:
    """How many *addresses* are in a *state* for one *reason* (None where the state says all).

    *times* is how often in a row they answered so, None where that is not counted. *until* is when the first of them
    is due (ISO, UTC), None if none waits.
    """

    state: AddressState
    addresses: int
    reason: str | None = None
    times: int | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of *named* distinct addresses, counted apart from the *groups*, whose sum it must be."""

    named: int
    groups: tuple[AddressGroup, ...] = ()

    @property
    def sum(self) -> int:
        """Addresses in all groups."""
        return sum(group.addresses for group in self.groups)

    @property
    def is_even(self) -> bool:
        """Whether every address that was named is in a state."""
        return self.named == self.sum

    def count(self, *states: AddressState) -> int:
        """Return how many addresses are in one of *states*."""
        return sum(group.addresses for group in self.groups if group.state in states)

    def reasons(self, *states: AddressState) -> dict[str, int]:
        """Return how many addresses of *states* there are for each reason, the most frequent first."""
        found: dict[str, int] = {}
        for group in self.groups:
            if group.state in states and group.reason:
                found[group.reason] = found.get(group.reason, 0) + group.addresses
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def account_to_json(account: Account) -> dict[str, Any]:
    """Return *account* as the table runs keeps it and ``status --json`` prints it."""
    groups = [
        {name: value for name in group.__slots__ if (value := getattr(group, name)) is not None}
        for group in account.groups
    ]
    return {"named": account.named, "sum": account.sum, "states": groups}


def account_from_json(data: Mapping[str, Any]) -> Account | None:
    """Return the account that account_to_json() wrote; None for the ``{}`` of a run that has none."""
    if "named" not in data:
        return None
    groups = tuple(AddressGroup(**group) for group in data["states"])
    return Account(named=data["named"], groups=groups)


def account_in_words(account: Account) -> list[str]:
    """Return *account* in lines for a person: the sum first, then what is not simply there, by reason."""
    parts = [f"{count} {_WORDS[state]}" for state in STATES if (count := account.count(state))]
    lines = [f"{account.named} addresses named: {', '.join(parts) or 'none'}"]
    if not account.is_even:
        lines.append(f"the states of {account.sum} addresses are known, not of {account.named}: please report this")
    return lines + [_group_in_words(group) for group in account.groups if group.reason]


def _group_in_words(group: AddressGroup) -> str:
    times = f", {group.times} times" if group.times and group.times > 1 else ""
    until = f", until {group.until[:16].replace('T', ' ')} UTC" if group.until else ""
    return f"{group.addresses} {_WORDS[group.state]} ({group.reason}{times}{until})"


def bounded(groups: Sequence[AddressGroup], most: int) -> tuple[AddressGroup, ...]:
    """Return *groups*, largest first within their state; beyond *most* of a state the smallest become one, "others".

    >>> bounded([AddressGroup(state="gone", addresses=n, reason=str(n)) for n in (1, 2, 3)], 2)[1].addresses
    3
    """
    found: list[AddressGroup] = []
    for state in STATES:
        own = [group for group in groups if group.state == state]
        own.sort(key=lambda group: (-group.addresses, group.reason or "", group.times or 0))
        if len(own) <= most:
            found += own
            continue
        rest = own[most - 1 :]
        until = min((group.until for group in rest if group.until), default=None)
        number = sum(group.addresses for group in rest)
        found += [*own[: most - 1], AddressGroup(state=state, addresses=number, reason="others", until=until)]
    return tuple(found)
