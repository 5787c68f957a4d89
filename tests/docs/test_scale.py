"""docs/scale.md says what `make simulate` computes, and the model does what it is said to do."""

from dataclasses import replace

import pytest

from tests.bench.scale.__main__ import PAGE, page_with
from tests.bench.scale.checked import CHECK, COSTS, PRACTICE, ROUNDS, errors
from tests.bench.scale.costs import KINDS, MACHINE, SIZES
from tests.bench.scale.model import Plan, day_of, machines_for, polite_days, requests_of, settled
from tests.bench.scale.queue import simulate
from tests.bench.scale.tables import tables

MAX_ERROR = 0.2  # of what was foretold of the measured round


def test_tables_of_the_page_are_those_that_are_computed() -> None:
    page, found = PAGE.read_text(encoding="utf-8"), tables()
    assert page_with(page, found) == page
    assert all(table in page for table in found.values())


def test_what_the_small_rounds_foretell_is_what_the_large_one_took() -> None:
    assert (CHECK.outlets, CHECK.shards, CHECK.articles) == (640, 64, 6_400)
    assert CHECK not in ROUNDS
    wrong = {name: error for name, _, _, error in errors(CHECK, COSTS) if not name.startswith("wall")}
    assert {name: error for name, error in wrong.items() if abs(error) > MAX_ERROR} == {}


def test_requests_of_a_day_are_those_of_the_measured_ones() -> None:
    assert [requests_of(kind, kind.runs, PRACTICE) for kind in KINDS] == [88, 245, 365]


def test_shares_of_the_kinds_are_all() -> None:
    assert sum(kind.share for kind in KINDS) == pytest.approx(1)


def test_twice_the_outlets_are_twice_the_work() -> None:
    one, two = (day_of(Plan(outlets=count), KINDS, PRACTICE) for count in (1_000, 2_000))
    assert two.cpu == pytest.approx(2 * one.cpu)
    assert two.sent == pytest.approx(2 * one.sent)
    assert two.puts == pytest.approx(2 * one.puts)


def test_shards_of_which_none_is_due_are_not_sent() -> None:
    often, alone = Plan(outlets=1_000, rounds=96, per_shard=10), Plan(outlets=1_000, rounds=96, per_shard=1)
    assert day_of(alone, KINDS, PRACTICE).sent < day_of(often, KINDS, PRACTICE).sent


@pytest.mark.parametrize("outlets", SIZES)
def test_machines_that_are_said_to_suffice_do(outlets: int) -> None:
    plan = Plan(outlets=outlets)
    load, machines, _ = settled(plan, KINDS, PRACTICE, MACHINE)
    assert machines_for(plan, load, 1, PRACTICE, MACHINE)[0] <= machines
    faster = replace(MACHINE, network=100 * MACHINE.network)
    assert settled(plan, KINDS, PRACTICE, faster)[1] <= machines


def test_politeness_bounds_a_backfill_whatever_the_machines() -> None:
    assert polite_days(KINDS, years=10, delay=2) == pytest.approx(2 * polite_days(KINDS, years=10))


def test_a_round_ends_no_sooner_than_its_work_allows() -> None:
    queued = simulate(shards=400, slots=8, mean=30)
    assert queued.end >= queued.late >= queued.median > 0
    assert queued.busy <= 1
    assert queued.end * 8 * queued.busy == pytest.approx(400 * 30, rel=0.15)


def test_a_shard_whose_worker_died_has_its_turn_when_the_lease_is_over() -> None:
    calm, deadly = (simulate(shards=400, slots=8, mean=30, deaths=deaths) for deaths in (0.0, 0.2))
    assert calm.deaths == 0
    assert deadly.deaths > 40
    assert deadly.end > calm.end


def test_one_turn_after_the_other_where_there_is_one_slot() -> None:
    assert simulate(shards=50, slots=1, mean=10).busy == pytest.approx(1)
