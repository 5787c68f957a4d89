-- What a slice says of where it came from (archive/export/slice.py). These tables are in no other archive.

CREATE TABLE slice (                 -- one row: the archive that this one was taken from
    source        TEXT NOT NULL,     -- name of that archive's file
    source_head   TEXT NOT NULL,     -- head of its chain at that moment
    source_links  INTEGER NOT NULL,  -- length of its chain
    made_at       TEXT NOT NULL,     -- by this machine's clock
    version       TEXT NOT NULL,     -- of kickcrawl
    filters       TEXT NOT NULL,     -- JSON object: what was asked for; {}: everything
    holds_records INTEGER NOT NULL,  -- 1: the WARC records of its captures are beside it; 0: captures say where they stood in the source
    left_out      TEXT NOT NULL      -- JSON object: table -> rows of the source that are not here
) STRICT;

CREATE TABLE slice_links (           -- the links of the source's chain that vouch for the revisions here
    position INTEGER PRIMARY KEY,    -- in the source's chain
    subject  TEXT NOT NULL UNIQUE,   -- "ID@NUMBER" of a revision
    digest   TEXT NOT NULL,          -- what the link vouches for
    before   TEXT NOT NULL,          -- head before it
    head     TEXT NOT NULL           -- head of before, "revision", subject and digest: whoever has the source can compare it
) STRICT;
