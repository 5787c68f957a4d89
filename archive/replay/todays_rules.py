"""By which rules the outlets of an archive are read today: those of their files, else as their last run knew them."""

from archive.database import Archive
from archive.warc.owner import warc_folder
from archive.warc.runs import last_outlet
from kickcrawl.article import SiteRules
from kickcrawl.outlet import load_outlets, outlet_folders


def todays_rules(archive: Archive) -> dict[str, SiteRules]:
    """Return the rules of today's outlet files; for outlets without one, as their last run's captures tell them."""
    known, folder = load_outlets(outlet_folders()), warc_folder(archive.path)
    rules = {}
    for row in archive.rows("SELECT slug, name, language, timezone FROM outlets"):
        outlet = known.get(row["slug"]) or last_outlet(archive, folder, row["slug"])
        rules[row["slug"]] = outlet.rules if outlet is not None else SiteRules(**dict(row))
    return rules
