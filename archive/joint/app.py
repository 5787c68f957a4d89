"""Put the joint site together: Datasette without an archive for the pages over all, and the sites of the shards."""

from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from archive.joint import pages
from archive.joint.joint import Joint
from archive.joint.mounts import Mounts
from archive.joint.router import routed
from archive.site.above import Above
from archive.site.app import metadata, options, register_plugins
from archive.site.prefix import beneath

_PLUGIN = "kickcrawl-joint"


class JointDatasette(Datasette):
    """Datasette with the pages over all shards of *joint*."""

    def __init__(self, joint: Joint, base: str) -> None:
        super().__init__([], **options(base, {"title": metadata()["title"], **Above(path=base).told()}))
        self.joint = joint
        self.state = joint.state
        self.remove_database("_memory")


def joint_site(joint: Joint, base: str) -> Any:
    """Return the ASGI application that shows the shards of *joint* as one under the path *base*."""
    register_plugins()
    if not pm.has_plugin(_PLUGIN):
        pm.register(pages, name=_PLUGIN)
    return beneath(base, routed(joint, Mounts(joint, base), JointDatasette(joint, base).app()))
