"""The account of named addresses: it adds up, is told in words, and comes back from JSON as it was."""

import json

import pytest

from kickcrawl.account import (
    Account,
    AddressGroup,
    account_from_json,
    account_in_words,
    account_to_json,
    bounded,
)

GROUPS = (
    AddressGroup(state="archived", addresses=7),
    AddressGroup(state="alias", addresses=1),
    AddressGroup(state="waiting", addresses=2, reason="block-page", times=2, until="2026-11-30T05:00:00+00:00"),
    AddressGroup(state="rejected", addresses=1, reason="list-page", times=1),
    AddressGroup(state="excluded", addresses=3, reason="exclude ^/tag/"),
)


def test_account_is_even_where_every_address_has_a_state() -> None:
    assert Account(named=14, groups=GROUPS).is_even
    assert not Account(named=15, groups=GROUPS).is_even


def test_account_is_told_with_reasons_and_times() -> None:
    first, *others = account_in_words(Account(named=14, groups=GROUPS))
    assert first == (
        "14 addresses named: 7 archived, 1 another address of an article, 2 waiting, 1 rejected, 3 excluded"
    )
    assert others == [
        "2 waiting (block-page, 2 times, until 2026-11-30 05:00 UTC)",
        "1 rejected (list-page)",
        "3 excluded (exclude ^/tag/)",
    ]


@pytest.mark.parametrize("named", [13, 15])
def test_account_that_does_not_add_up_says_so(named: int) -> None:
    assert f"not of {named}: please report this" in account_in_words(Account(named=named, groups=GROUPS))[1]


def test_account_comes_back_from_json() -> None:
    account = Account(named=14, groups=GROUPS)
    assert account_from_json(json.loads(json.dumps(account_to_json(account)))) == account
    assert account_from_json({}) is None


def test_reasons_are_added_up_over_states_and_times() -> None:
    groups = [AddressGroup(state="waiting", addresses=n, reason="empty", times=n) for n in (1, 2)]
    account = Account(named=6, groups=(*groups, AddressGroup(state="rejected", addresses=3, reason="empty")))
    assert account.reasons("waiting") == {"empty": 3}
    assert account.reasons("waiting", "rejected") == {"empty": 6}


def test_many_reasons_of_a_state_become_others_and_lose_no_address() -> None:
    many = [
        AddressGroup(state="waiting", addresses=n, reason=f"error {n}", until=f"2026-11-{n:02}") for n in range(1, 10)
    ]
    few = bounded([*many, AddressGroup(state="gone", addresses=1, reason="HTTP 404")], 3)
    assert [group.reason for group in few] == ["HTTP 404", "error 9", "error 8", "others"]
    assert sum(group.addresses for group in few) == sum(range(1, 10)) + 1
    assert few[-1].until == "2026-11-01"
