"""A machine that is drained ends what it has at work and gets nothing more, as docs/scale.md says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kickcrawl import CHECKOUT
from tests.support.fleets import needs_ray
from tests.support.machines import RAY, until

SHARDS, OUTLETS = 12, 24
NODES = """
import json, sys, ray
ray.init(address=sys.argv[1], log_to_driver=False, logging_level="ERROR")
print(json.dumps([node["NodeID"] for node in ray.nodes() if "node:__internal_head__" not in node["Resources"]]))
"""
DRAIN = (
    "drain-node", "--reason", "DRAIN_NODE_REASON_PREEMPTION", "--reason-message", "it is to be serviced",
)  # fmt: skip


@pytest.mark.slow
@needs_ray
def test_a_drained_machine_ends_what_it_has_and_gets_nothing_more(tmp_path: Path) -> None:
    from spiders.fleet.fleet import Fleet
    from tests.bench.fleet import KICKCRAWL, rig_of

    with rig_of(tmp_path, outlets=OUTLETS, articles=5) as rig:
        command = [str(KICKCRAWL), "fleet", "run", *(outlet.slug for outlet in rig.outlets), "--json"]
        command += ["--shards", str(SHARDS), "--fleet", rig.storage.url, "--address", rig.address]
        command += ["-s", f"OUTLETS={tmp_path / 'outlets'}"]
        second = tmp_path / "work-second"
        with subprocess.Popen(command, cwd=CHECKOUT, env=rig.environment, stdout=subprocess.PIPE, text=True) as round:
            until(lambda: list(second.glob("*/leash")), 120, "the second machine is at work")
            asked = [sys.executable, "-c", NODES, rig.address]
            (node,) = json.loads(subprocess.check_output(asked, env=rig.environment, text=True))
            drained = [str(RAY), *DRAIN, "--address", rig.address, "--node-id", node]
            subprocess.run(drained, env=rig.environment, check=True, capture_output=True)
            had = {path.name for path in second.iterdir()}
            out, _ = round.communicate(timeout=600)
        told = json.loads(out)
        assert (round.returncode, told["left"], told["counts"]["new"]) == (0, {}, OUTLETS * 5)
        assert {path.name for path in second.iterdir()} == had
        assert len(had) < SHARDS / 2
        assert all(state.said.startswith("given back") for state in Fleet(rig.storage).states().values())
