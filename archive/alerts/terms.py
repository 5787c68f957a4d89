"""Note what an outlet's pages say of rights, once a day: a change is told (kickcrawl.alerts.observed)."""

import re
from datetime import datetime, timedelta

from archive.accounts.rights import observed_rights
from archive.alerts.observe import observe
from archive.database import Archive
from kickcrawl.dates import to_iso

EVERY = timedelta(hours=20)
PAGES = 10  # the newest, that are looked at
MIN_PAGES = 5
_MIN_SHARE = 0.9  # of the newest pages must state a term; what fewer state is an author's own, not the outlet's
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def observe_terms(archive: Archive, outlet: str, now: datetime) -> None:
    """Note the statements that nearly all new pages of *outlet* have, without years: © 2025 and © 2026 say the same."""
    seen = archive.text(_SEEN, {"outlet": outlet})
    if seen is not None and now - datetime.fromisoformat(seen) < EVERY:
        return
    rights = observed_rights(archive, outlet, newest=PAGES)
    if rights.pages < MIN_PAGES:
        return
    terms = {_YEAR.sub("", line) for line, pages in rights.statements.items() if pages >= _MIN_SHARE * rights.pages}
    lines = [*sorted(terms), *(f"robots.txt shuts out {agent}" for agent in rights.shut_out), *rights.signals]
    observe(archive, outlet, "terms", outlet, "\n".join(lines), to_iso(now))


_SEEN = "SELECT checked_at FROM observations WHERE subject = 'terms' AND outlet = :outlet"
