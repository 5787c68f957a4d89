"""Say what does not fit the site in an outlet file that is not verified: failed seeds, rejected pages."""

from collections import Counter

from kickcrawl.health import MIN_WRONG
from spiders.run import ABSENT, OutletRun

_SEVERAL = ("sitemap", "feed")  # a file states the usual places, and a site has one of them
MAX_REJECTED_SHARE = 0.05  # of the fetched articles; a few rejections are normal anywhere (photo pages, notices)


def what_does_not_fit(run: OutletRun) -> str | None:
    """Return one line for the operator, or None where all fits or the outlet is verified."""
    if run.outlet.verified or not run.seeds:
        return None
    answered = {report.seed for report in run.seeds if not report.error}
    seeds = [
        f"{report.seed} {report.url.split('?')[0]} ({report.error})"
        for report in run.seeds
        if report.error and not (report.seed in _SEVERAL and report.seed in answered and report.error in ABSENT)
    ]
    rejected = Counter(
        {name.removeprefix("rejected/"): n for name, n in run.counts.items() if name.startswith("rejected/")}
    )
    total = rejected.total() + sum(run.counts[name] for name in ("stored", "revised", "unchanged"))
    misfits = [f"these seeds failed: {', '.join(seeds)}"] if seeds else []
    if rejected.total() >= MIN_WRONG and rejected.total() > MAX_REJECTED_SHARE * total:
        reasons = ", ".join(f"{reason} {n}" for reason, n in rejected.most_common(4))
        misfits.append(f"{rejected.total() / total:.0%} of {total} pages were rejected ({reasons})")
    if not misfits:
        return None
    return f"{run.outlet.slug} is not verified yet, and does not fit in all: {'; '.join(misfits)}"
