"""SQL for the standing of a candidate ``f`` (kickcrawl.doubt.Standing) with the seeds that name all articles.

Such a seed's naming counts as long as it is not older than the last sweep of one: recheck_unnamed() forgets what the
swept seed has dropped, but not what another one named that is not read any more.
"""

_COVERING = "s.seed NOT IN ('feed', 'listing')"
_LAST_SWEEP = f"(SELECT max(s.swept_at) FROM seeds s WHERE s.outlet = f.outlet AND {_COVERING})"
STANDING = f"""
    CASE WHEN EXISTS (
        SELECT 1 FROM frontier_seeds s WHERE s.url = f.url AND {_COVERING}
        AND julianday(s.named_at) >= coalesce(julianday({_LAST_SWEEP}) - 1, 0)
    ) THEN 'named' WHEN {_LAST_SWEEP} IS NOT NULL THEN 'dropped' ELSE 'unknown' END
"""
