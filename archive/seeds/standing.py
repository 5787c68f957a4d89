"""SQL for the standing of a candidate ``f`` with the seeds that name all articles: see kickcrawl.doubt.Standing."""

STANDING = """
    CASE WHEN f.dropped_at IS NOT NULL THEN 'dropped' WHEN EXISTS (
        SELECT 1 FROM frontier_seeds s WHERE s.url = f.url AND s.dropped_at IS NULL
        AND s.seed NOT IN ('feed', 'listing', 'related', 'web-archive')
    ) THEN 'named' ELSE 'unknown' END
"""
