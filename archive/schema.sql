-- The archive. Times are ISO 8601 in UTC to the second ("2025-07-14T01:00:00+00:00"); lists and objects are
-- JSON. A later change goes into migrations.py and into this file; a test holds the two together.

CREATE TABLE outlets (               -- the newspapers and news sites in this archive, as their files described them last
    slug       TEXT PRIMARY KEY,     -- name of the outlet file, and what every other table calls the outlet
    name       TEXT NOT NULL,        -- as readers know it
    publisher  TEXT,                 -- who owns it
    region     TEXT,                 -- ISO 3166-2
    place      TEXT,                 -- where the newsroom is
    language   TEXT,                 -- ISO 639-1
    timezone   TEXT NOT NULL,        -- IANA name
    platform   TEXT NOT NULL,        -- wordpress, blogger or generic
    home       TEXT NOT NULL,        -- address of its front page
    readers    TEXT                  -- "sha256:" and hex of its file and of the extractor: with others, rejected pages are due again
) STRICT;

CREATE TABLE runs (                  -- one crawl of one outlet, from start to end
    id          INTEGER PRIMARY KEY, -- in the order of their start
    outlet      TEXT NOT NULL REFERENCES outlets (slug),-- that was crawled
    started_at  TEXT NOT NULL,       -- by this machine's clock
    finished_at TEXT,                -- NULL while it runs
    outcome     TEXT NOT NULL CHECK (outcome IN ('running', 'complete', 'failed', 'interrupted', 'died')),-- 'died': it ended without saying so
    reason      TEXT,                -- why it failed, one sentence for the operator
    arguments   TEXT NOT NULL,       -- JSON object: what was asked for (since, until, limit, base_url, ...)
    version     TEXT NOT NULL,       -- of kickcrawl
    counts      TEXT NOT NULL DEFAULT '{}',  -- JSON object: requests, stored, revised, unchanged, gone, rejected/<reason>, ...
    seeds       TEXT NOT NULL DEFAULT '[]',  -- JSON list: each seed that was probed, what it named, or why it failed
    complaints  TEXT NOT NULL DEFAULT '[]',  -- JSON list of {kind, what, since, advice}: what was unhealthy
    addresses   TEXT NOT NULL DEFAULT '{}',  -- JSON {named, sum, states}: what became of each address that its seeds named; {}: it died
    chain_head  TEXT                 -- head of the chain after this run: write it down elsewhere; NULL while it runs
) STRICT;
CREATE INDEX runs_by_outlet ON runs (outlet, started_at);  -- serves: the last runs of an outlet

CREATE TABLE captures (              -- one row for each fetch
    id            INTEGER PRIMARY KEY,-- in the order of fetching
    run_id        INTEGER NOT NULL REFERENCES runs (id),-- the run that fetched it
    url           TEXT NOT NULL,     -- as requested
    fetched_at    TEXT NOT NULL,     -- by this machine's clock; of one from a web archive: when that fetched it, by its clock
    status        INTEGER NOT NULL,  -- HTTP status
    digest        TEXT NOT NULL,     -- "sha256:" and hex, of the body as received (content-encoded)
    length        INTEGER NOT NULL,  -- bytes of that body
    file          TEXT NOT NULL,     -- WARC file that holds the response, in the folder warc beside the archive
    offset        INTEGER NOT NULL,  -- bytes from that file's start to the response record; its request record follows
    size          INTEGER NOT NULL,  -- bytes of the compressed response record
    record_digest TEXT NOT NULL,     -- "sha256:" and hex, of the compressed response record
    original_id   INTEGER REFERENCES captures (id),  -- NULL, or the capture that holds the same body (a revisit record; status 304: as the server said)
    content_type  TEXT,              -- header
    etag          TEXT,              -- header, validator for the next request
    last_modified TEXT,              -- header, validator for the next request
    location      TEXT,              -- header, where a redirect led
    source        TEXT               -- NULL: fetched from the outlet itself; else where it stands in the web archive that it came from
) STRICT;
CREATE INDEX captures_by_url ON captures (url, fetched_at);  -- serves: the history of an address
CREATE INDEX captures_by_run ON captures (run_id);           -- serves: what a run fetched
CREATE INDEX captures_by_digest ON captures (digest);        -- serves: whether a body is held already
CREATE INDEX captures_by_place ON captures (file, offset);   -- serves: what is known of a record

CREATE TABLE records (               -- the WARC records that are no capture: requests, who writes (warcinfo), notes (metadata)
    file   TEXT NOT NULL,            -- as in captures
    offset INTEGER NOT NULL,         -- as in captures
    size   INTEGER NOT NULL,         -- bytes of the compressed record
    digest TEXT NOT NULL,            -- "sha256:" and hex, of the compressed record
    run_id INTEGER REFERENCES runs (id),-- the run whose link in the chain holds it; NULL: written behind that link
    PRIMARY KEY (file, offset)
) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_run ON records (run_id);             -- serves: the link of a run

CREATE TABLE articles (              -- one row for each article, in its current state
    key              INTEGER PRIMARY KEY,   -- row number for the full-text index; never cite it
    id               TEXT NOT NULL UNIQUE,  -- cite this: 12 hex digits, SHA-256 of the canonical URL first seen
    outlet           TEXT NOT NULL REFERENCES outlets (slug),-- that published it
    url              TEXT NOT NULL UNIQUE,  -- canonical URL today; earlier ones are in article_urls
    title            TEXT NOT NULL,         -- headline without the site's name
    text             TEXT NOT NULL,         -- paragraphs parted by an empty line; '' for a photo post without words
    authors          TEXT NOT NULL,         -- JSON list of names
    section          TEXT,                  -- the section that the outlet names first
    sections         TEXT NOT NULL,         -- JSON list of all its sections
    tags             TEXT NOT NULL,         -- JSON list
    language         TEXT,                  -- ISO 639-1
    published_at     TEXT,                  -- NULL where the outlet does not say; never the fetch time
    published_offset INTEGER,               -- minutes east of UTC, as the outlet wrote it, else of its zone at that time
    published_source TEXT,                  -- how the publish time is known: rest, blogger, json-ld, meta, markup, visible, feed, sitemap, listing, url, page
    modified_at      TEXT,                  -- last change, as the outlet says; NULL where it does not
    first_seen_at    TEXT NOT NULL,         -- when the first revision was fetched
    last_seen_at     TEXT NOT NULL,         -- when the page was last fetched, or last named as unchanged by a seed
    gone_at          TEXT,                  -- when it was first missed (404, 410, withdrawn); NULL while it is there
    images           TEXT NOT NULL,         -- JSON list of {url, caption, credit}
    related          TEXT NOT NULL,         -- JSON list of {url, title}: articles linked between the paragraphs
    dateline         TEXT,                  -- as it opens the text, "kicknews.today – Mataram,"
    initials         TEXT,                  -- as they end the text, "(gii)"
    native_id        TEXT,                  -- the outlet's own number for it (WordPress: post ID)
    words            INTEGER NOT NULL,      -- in text
    digest           TEXT NOT NULL,         -- "sha256:" and hex of the normalised title and text; equal for equal copies
    revision         INTEGER NOT NULL,      -- number of the current revision
    origins          TEXT NOT NULL,         -- JSON object: field -> source that it was taken from; text -> path of the element it stood in
    disagreements    TEXT NOT NULL,         -- JSON list of {field, source, value}: what other sources said
    extractor        TEXT NOT NULL,         -- which extractor last read its page: version and digest of its code
    capture_id       INTEGER NOT NULL REFERENCES captures (id), -- the fetch that the current state was read from
    read_share       REAL,                  -- of the prose on its pages (text outside of links), how much is in text: 0 to 1; NULL: not noted
    left_out         TEXT,                  -- JSON object: rule -> characters of that prose that it left out (kickcrawl/page/cuts.py); NULL: not noted
    pages_missing    INTEGER,               -- how many of its further pages could not be had: text lacks what they say; NULL: not noted
    source           TEXT                   -- NULL: the current state was fetched from the outlet itself; else where it stands in the web archive that it came from
) STRICT;
CREATE INDEX articles_by_outlet ON articles (outlet, published_at DESC, published_offset);-- serves: an outlet's newest, counts by month, also of words
CREATE INDEX articles_by_arrival ON articles (outlet, first_seen_at); -- serves: what a run brought, and what came before it
CREATE INDEX articles_by_published ON articles (published_at DESC);     -- serves: the newest of all, time spans; descending, so that those of one time come by key, as Datasette pages them
CREATE INDEX articles_by_digest ON articles (digest);                   -- serves: the same copy elsewhere
CREATE INDEX articles_by_native_id ON articles (outlet, native_id);     -- serves: an article under a new address
CREATE INDEX articles_by_facet ON articles (outlet, published_at DESC, published_offset, section, sections, authors, tags, words);-- serves: counts by section, author, tag and month, and the last with a name, without reading texts
CREATE INDEX articles_revised ON articles (revision DESC, modified_at DESC, outlet) WHERE revision > 1;-- serves: which were edited most
CREATE INDEX articles_gone ON articles (gone_at DESC, outlet) WHERE gone_at IS NOT NULL;-- serves: which were withdrawn last
CREATE INDEX articles_disputed ON articles (outlet) WHERE disagreements <> '[]';-- serves: what sources say otherwise
CREATE INDEX articles_by_words ON articles (words DESC);                -- serves: the longest, the shortest
CREATE INDEX articles_by_authors ON articles (authors);                 -- serves: which lists have an author, and the articles of each
CREATE INDEX articles_by_sections ON articles (sections);               -- serves: which lists have a section, and the articles of each

-- A text is kept once. Where a revision's is the one that stands in articles, it is NULL here, and the view revisions
-- shows that one: ask the view. Whatever changes, deletes or replaces an article, kickcrawl or another tool, first puts
-- the text that goes into the revisions that have it (the triggers below).
CREATE TABLE revisions_kept (        -- every state of an article's content; rows are added, never changed
    article_id  TEXT NOT NULL REFERENCES articles (id),-- whose state this is
    number      INTEGER NOT NULL,    -- 1 is the first
    title       TEXT NOT NULL,       -- as in articles
    text        TEXT,                -- as in articles
    authors     TEXT NOT NULL,       -- JSON list
    sections    TEXT NOT NULL,       -- JSON list
    tags        TEXT NOT NULL,       -- JSON list
    images      TEXT NOT NULL,       -- JSON list of {url, caption, credit}; a change of captions makes a revision
    modified_at TEXT,                -- as the outlet said
    recorded_at TEXT NOT NULL,       -- when this state was fetched
    cause       TEXT NOT NULL CHECK (cause IN ('fetched', 're-extracted')),  -- 're-extracted': the page is the same, it was read anew
    changed     TEXT NOT NULL,       -- JSON list of the fields that differ from the revision before, 'pages': more or fewer of its pages were had; [] for the first
    capture_id  INTEGER NOT NULL REFERENCES captures (id),-- the fetch that it was read from
    run_id      INTEGER NOT NULL REFERENCES runs (id),-- the run that stored it
    PRIMARY KEY (article_id, number)
) STRICT;  -- with row numbers: in a tree of keys each text would take pages of its own
CREATE INDEX revisions_by_run ON revisions_kept (run_id, number);-- serves: what a run stored
CREATE INDEX revisions_later ON revisions_kept (recorded_at DESC) WHERE number > 1;-- serves: what was edited last
CREATE INDEX revisions_retitled ON revisions_kept (recorded_at DESC) WHERE number > 1 AND instr(changed, '"title"') > 0;-- serves: which headlines were changed last
CREATE VIEW revisions AS
    SELECT article_id, number, title, coalesce(r.text, (SELECT a.text FROM articles a WHERE a.id = r.article_id)) AS text,
           authors, sections, tags, images, modified_at, recorded_at, cause, changed, capture_id, run_id
    FROM revisions_kept r;
CREATE TRIGGER revisions_keep_changed AFTER UPDATE OF id, text ON articles
WHEN old.text IS NOT new.text OR old.id IS NOT new.id BEGIN
    UPDATE revisions_kept SET text = old.text WHERE article_id = old.id AND text IS NULL;
END;
CREATE TRIGGER revisions_keep_deleted AFTER DELETE ON articles BEGIN
    UPDATE revisions_kept SET text = old.text WHERE article_id = old.id AND text IS NULL;
END;
CREATE TRIGGER revisions_keep_moved AFTER UPDATE OF article_id ON revisions_kept
WHEN old.article_id IS NOT new.article_id AND new.text IS NULL BEGIN
    UPDATE revisions_kept SET text = (SELECT a.text FROM articles a WHERE a.id = old.article_id)
    WHERE article_id = new.article_id AND number = new.number;
END;
CREATE TRIGGER revisions_keep_replaced BEFORE INSERT ON articles BEGIN  -- INSERT OR REPLACE deletes without saying so
    UPDATE revisions_kept SET text = (SELECT a.text FROM articles a WHERE a.id = revisions_kept.article_id)
    WHERE article_id IN (SELECT id FROM articles WHERE id = new.id OR url = new.url OR key = new.key) AND text IS NULL;
END;

-- The view can be written to as the table that it was: what a revision shares with its article stays shared.
CREATE TRIGGER revisions_view_insert INSTEAD OF INSERT ON revisions BEGIN
    SELECT raise(ABORT, 'NOT NULL constraint failed: revisions.text') WHERE new.text IS NULL;
    INSERT INTO revisions_kept (article_id, number, title, text, authors, sections, tags, images, modified_at, recorded_at,
                                cause, changed, capture_id, run_id)
    VALUES (new.article_id, new.number, new.title, new.text, new.authors, new.sections, new.tags, new.images,
            new.modified_at, new.recorded_at, new.cause, new.changed, new.capture_id, new.run_id);
END;
CREATE TRIGGER revisions_view_update INSTEAD OF UPDATE ON revisions BEGIN
    SELECT raise(ABORT, 'NOT NULL constraint failed: revisions.text') WHERE new.text IS NULL AND old.text IS NOT NULL;
    UPDATE revisions_kept SET article_id = new.article_id, number = new.number, title = new.title,
        text = iif(new.text IS old.text, text, new.text), authors = new.authors, sections = new.sections,
        tags = new.tags, images = new.images, modified_at = new.modified_at, recorded_at = new.recorded_at,
        cause = new.cause, changed = new.changed, capture_id = new.capture_id, run_id = new.run_id
    WHERE article_id = old.article_id AND number = old.number;
END;
CREATE TRIGGER revisions_view_delete INSTEAD OF DELETE ON revisions BEGIN
    DELETE FROM revisions_kept WHERE article_id = old.article_id AND number = old.number;
END;

CREATE TABLE chain (                 -- a link for each revision, each run's records and each takedown; rows are added, never changed
    position INTEGER PRIMARY KEY,    -- 1, 2, 3 and so on, without a gap
    kind     TEXT NOT NULL CHECK (kind IN ('revision', 'captures', 'takedown')),-- what sort of thing it vouches for
    subject  TEXT NOT NULL,          -- what it vouches for: "ID@NUMBER" of a revision, "run ID: COUNT records", ID of an article
    digest   TEXT NOT NULL,          -- "sha256:" and hex, of what it vouches for
    head     TEXT NOT NULL           -- "sha256:" and hex, of the head before, kind, subject and digest
) STRICT;

CREATE TABLE takedowns (             -- tombstones: articles whose content was taken out of the archive for good
    article_id    TEXT PRIMARY KEY,  -- what it was cited by
    outlet        TEXT NOT NULL REFERENCES outlets (slug),-- that published it
    reason        TEXT NOT NULL,     -- as the operator gave it
    taken_down_at TEXT NOT NULL,     -- by this machine's clock
    native_id     TEXT,              -- as in articles: it is known again by it under a new address
    published_at  TEXT,              -- as in articles
    digest        TEXT NOT NULL,     -- as in articles
    traces        TEXT NOT NULL      -- JSON list of lists of numbers, by which its paragraphs are known (kickcrawl/traces.py)
) STRICT, WITHOUT ROWID;
CREATE INDEX takedowns_by_outlet ON takedowns (outlet);  -- serves: what a crawl must not store again

CREATE TABLE takedown_urls (         -- the addresses of articles that were taken down; nothing there is fetched again
    url        TEXT PRIMARY KEY,     -- canonical or as requested
    article_id TEXT NOT NULL REFERENCES takedowns (article_id)  -- whose address it is
) STRICT, WITHOUT ROWID;
CREATE INDEX takedown_urls_by_article ON takedown_urls (article_id);  -- serves: all addresses of a tombstone

CREATE TABLE replaced (              -- WARC records without payload that stand where records with the content stood
    file       TEXT NOT NULL,        -- as in captures
    offset     INTEGER NOT NULL,     -- as in captures
    digest     TEXT NOT NULL,        -- "sha256:" and hex, of the compressed record that stands there now
    article_id TEXT NOT NULL REFERENCES takedowns (article_id),-- for whose sake
    record     BLOB,                 -- that record while it is still to be written; NULL once it is
    PRIMARY KEY (file, offset)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaced_by_article ON replaced (article_id);  -- serves: the link of a takedown, and what is left to do

CREATE TABLE article_urls (          -- every address under which an article was found
    url           TEXT PRIMARY KEY,  -- canonical or as requested
    article_id    TEXT NOT NULL REFERENCES articles (id),-- the article that it led to last
    first_seen_at TEXT NOT NULL,     -- when the article was first found there
    last_seen_at  TEXT NOT NULL      -- when it was last found there
) STRICT, WITHOUT ROWID;
CREATE INDEX article_urls_by_article ON article_urls (article_id);  -- serves: all addresses of an article

CREATE TABLE frontier (              -- every candidate ever named, and what is to be done with it
    url          TEXT PRIMARY KEY,   -- canonical
    outlet       TEXT NOT NULL REFERENCES outlets (slug),-- whose candidate it is
    state        TEXT NOT NULL CHECK (state IN ('due', 'leased', 'done', 'rejected', 'excluded', 'gone')),-- excluded: not to be fetched (password, noarchive, robots.txt, a rule)
    due_at       TEXT NOT NULL,      -- not fetched before this time (back-off after a failure)
    attempts     INTEGER NOT NULL DEFAULT 0,  -- failures in a row
    published_at TEXT,               -- as a seed said: newest first
    modified_at  TEXT,               -- as a seed said last: later than before means edited
    title        TEXT,               -- as a seed said
    native_id    TEXT,               -- as a seed said
    is_post      INTEGER,            -- 1: a seed of nothing but posts names it; 0: a seed names it as something else
    claims       TEXT NOT NULL DEFAULT '[]',  -- JSON list of {field, source, value}: what seeds said of its fields
    first_named_at TEXT NOT NULL,    -- by any seed
    last_named_at  TEXT NOT NULL,    -- by any seed
    checked_at   TEXT,               -- the server's own time (Date header) when it was last fetched
    reason       TEXT,               -- why it is rejected, excluded, or failed last time
    doubt        TEXT,               -- the bad answer that it gives lately: one word of kickcrawl.article.Reason, or 'held'
    doubt_digest TEXT,               -- sketch of the text that it answered so (kickcrawl/walls.py)
    doubts       INTEGER NOT NULL DEFAULT 0,  -- on how many days it answered so
    doubted_at   TEXT,               -- when the last of these days was counted
    dropped_at   TEXT,               -- sweep in which a seed that names all articles named it no more; NULL: none has dropped it
    modified_until TEXT,             -- NULL, or the end of the day or month that modified_at is the first moment of
    address_day  TEXT                -- day that stands in its address, as a time in UTC; it helps to find the newest
) STRICT, WITHOUT ROWID;
CREATE INDEX frontier_due ON frontier (outlet, state, published_at DESC);  -- serves: the next candidates to fetch
CREATE INDEX frontier_by_doubt ON frontier (outlet, doubt_digest);         -- serves: one wall at several addresses
CREATE INDEX frontier_remarked ON frontier (outlet, due_at) WHERE state = 'done' AND reason IS NOT NULL;-- serves: articles that lack pages
CREATE INDEX frontier_by_native_id ON frontier (outlet, native_id);        -- serves: a post under a new address

CREATE TABLE frontier_seeds (        -- which kind of seed named which candidate, and when last: coverage can be told from it
    url      TEXT NOT NULL REFERENCES frontier (url),-- the candidate
    seed     TEXT NOT NULL,          -- rest, blogger, sitemap, feed, listing or related
    named_at TEXT NOT NULL,          -- when last
    modified_at    TEXT,             -- time of change that it gave last, believed or not
    modified_until TEXT,             -- as in frontier
    false_alarms INTEGER NOT NULL DEFAULT 0,  -- how often in a row it gave a later time and the article had not changed
    dropped_at TEXT,                 -- when it was found to name it no more; NULL: it names it still
    PRIMARY KEY (url, seed)
) STRICT, WITHOUT ROWID;
CREATE INDEX frontier_seeds_by_seed ON frontier_seeds (seed, named_at);  -- serves: what a seed no longer names

CREATE TABLE seeds (                 -- what is remembered of each seed of an outlet from run to run
    outlet    TEXT NOT NULL REFERENCES outlets (slug),-- whose seed it is
    seed      TEXT NOT NULL,         -- rest, blogger, sitemap, feed or listing
    watermark TEXT,                  -- highest modified time that the server has named, by its own clock
    swept_at  TEXT,                  -- when it was last read from end to end
    surplus   INTEGER,               -- how many more it counts than it names (REST's total against its pages); of listings: how many only sections named
    lastmod   TEXT NOT NULL DEFAULT '{}',  -- JSON object of counts: how often its times of change were found true or false
    children  TEXT NOT NULL DEFAULT '{}',  -- JSON object: sitemap at a usual place, or whose name says that it lists no articles -> {read, articles}
    total      INTEGER,              -- how many articles it says that there are (X-WP-Total); NULL: it does not count them
    unnamed    INTEGER,              -- how many of these it did not name when it was last read from end to end
    years      TEXT NOT NULL DEFAULT '{}',  -- JSON object: year -> how many articles of it there are; asked for where some are unnamed
    counted_at TEXT,                 -- when it said so last; the total of each run stands in runs.seeds; of listings: when those by month were read last
    PRIMARY KEY (outlet, seed)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaches (               -- of which publish times a seed has told all that it has; days before and between are unknown
    outlet TEXT NOT NULL REFERENCES outlets (slug),-- whose seed it is
    seed   TEXT NOT NULL,            -- as in frontier_seeds
    since  TEXT NOT NULL,            -- from this time on; '': from the first article on
    until  TEXT NOT NULL,            -- to this time, at which it was read; spans that touch are one row
    PRIMARY KEY (outlet, seed, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE layouts (               -- containers of the body in an outlet's pages, as learned, and when each held
    id     INTEGER PRIMARY KEY,      -- in the order of learning
    outlet TEXT NOT NULL REFERENCES outlets (slug),-- whose pages are built so
    body   TEXT NOT NULL,            -- tags from the page's root to the container, its class names behind a dot each
    share  REAL NOT NULL,            -- least share of the page's prose that stood in it, 0 to 1
    since  TEXT NOT NULL,            -- fetch time of the page with which enough pages agreed on it
    until  TEXT,                     -- fetch time of the page that refuted it; NULL: it holds
    why    TEXT,                     -- why it was refuted, a sentence
    strange TEXT NOT NULL DEFAULT '[]',   -- JSON: selectors (tag and class names) of foreign boxes in the container
    standfirst TEXT NOT NULL DEFAULT '[]',-- JSON: paths of the paragraphs that open the article above the container
    places  TEXT NOT NULL DEFAULT '[[],[]]',-- JSON: paths of scattered paragraphs, and of other things between them
    was_wrong INTEGER NOT NULL DEFAULT 0  -- 1: it led to a wrong text also while it held; 0: it holds, or the outlet was rebuilt
) STRICT;
CREATE INDEX layouts_by_outlet ON layouts (outlet, since);  -- serves: what a page of that day is read by

CREATE TABLE parameters (            -- parameters of an outlet's addresses, and whether they were seen to tell articles apart
    outlet    TEXT NOT NULL REFERENCES outlets (slug),-- whose addresses have it
    name      TEXT NOT NULL,         -- of the parameter, in small letters
    same      INTEGER NOT NULL DEFAULT 0,  -- how often pages with several values of it had one article
    different INTEGER NOT NULL DEFAULT 0,  -- how often they had different ones
    listed    INTEGER NOT NULL DEFAULT 0,  -- 1: a seed's list told articles apart by it, though public lists call it noise
    PRIMARY KEY (outlet, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE backfills (             -- what was asked for of an outlet's past, from each source, over many runs
    outlet      TEXT NOT NULL REFERENCES outlets (slug),-- whose past it is
    source      TEXT NOT NULL,       -- own (the outlet's own archives), wayback, pywb or commoncrawl
    since       TEXT NOT NULL,       -- first day of publication that is asked for
    until       TEXT,                -- last one; NULL: today
    begun_at    TEXT NOT NULL,       -- when it was asked for first
    cursor      TEXT,                -- where the index is read on; NULL: from its beginning
    indexed_at  TEXT,                -- when all was named; NULL: not yet
    finished_at TEXT,                -- when nothing was left to be asked for; NULL: not yet
    failure     TEXT,                -- why the last run could not go on, a sentence; NULL: it could
    PRIMARY KEY (outlet, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE backfill_captures (     -- captures of an outlet's addresses that indexes of web archives name
    address     TEXT PRIMARY KEY,    -- where it stands in the web archive
    outlet      TEXT NOT NULL REFERENCES outlets (slug),-- whose page it is of
    source      TEXT NOT NULL,       -- as in backfills
    url         TEXT NOT NULL,       -- of the page, canonical
    target      TEXT NOT NULL,       -- of the page, as the index has it
    captured_at TEXT NOT NULL,       -- when the web archive fetched it
    digest      TEXT,                -- of its body, as the index says: SHA-1 in base 32, or "sha256:" and hex
    is_article  INTEGER NOT NULL,    -- 1: an article's address by its form; 0: a further page's
    state       TEXT NOT NULL CHECK (state IN ('due', 'leased', 'stored', 'archived', 'outside', 'rejected', 'failed')),-- archived: the archive had the article; failed: not to be had
    reason      TEXT,                -- why it is rejected, failed, or did not come last time
    attempts    INTEGER NOT NULL DEFAULT 0,  -- how often it did not come
    asked_at    TEXT                 -- when it was asked for last; NULL: never
) STRICT, WITHOUT ROWID;
CREATE INDEX backfill_captures_due ON backfill_captures (outlet, source, state, captured_at DESC);  -- serves: what is asked for next
CREATE INDEX backfill_captures_by_url ON backfill_captures (url, state);                            -- serves: other captures of a page
CREATE INDEX backfill_captures_by_digest ON backfill_captures (outlet, digest);                     -- serves: one page at many addresses

CREATE TABLE rejections (            -- pages that were fetched and are no article
    id          INTEGER PRIMARY KEY, -- in the order of rejection
    run_id      INTEGER NOT NULL REFERENCES runs (id),-- the run that fetched it
    outlet      TEXT NOT NULL REFERENCES outlets (slug),-- whose page it is
    url         TEXT NOT NULL,       -- as requested
    reason      TEXT NOT NULL,       -- one word of kickcrawl.article.Reason
    detail      TEXT NOT NULL,       -- what was seen, a sentence
    rejected_at TEXT NOT NULL        -- when it was fetched
) STRICT;
CREATE INDEX rejections_by_reason ON rejections (outlet, reason);  -- serves: what was rejected, and why

CREATE TABLE rights (                -- what pages and files of a site said of rights: observed, not judged, and no permission
    id            INTEGER PRIMARY KEY, -- in the order of observation
    outlet        TEXT NOT NULL REFERENCES outlets (slug),-- whose page or file it is
    scope         TEXT NOT NULL CHECK (scope IN ('site', 'article')),-- what it speaks of
    subject       TEXT NOT NULL,     -- an article's id; of a file of the site, or a page that is not archived, its address
    source        TEXT NOT NULL,     -- where it stands: header, meta, link, json-ld, text, robots.txt, ai.txt, tdmrep.json
    kind          TEXT NOT NULL,     -- licence, rights, copyright-holder, robots, tdm-reservation, content-signal, disallow, ...
    whom          TEXT NOT NULL,     -- a robot's name, or the addresses it is about (tdmrep.json: a pattern); *: all
    value         TEXT NOT NULL,     -- as written, on one line
    first_seen_at TEXT NOT NULL,     -- when the page or file that first had it was fetched
    last_seen_at  TEXT NOT NULL,     -- when it was last found there
    ended_at      TEXT,              -- when it was first read without it; NULL: it holds
    capture_id    INTEGER REFERENCES captures (id)  -- the fetch that first had it; NULL: not in this slice
) STRICT;
CREATE INDEX rights_by_subject ON rights (subject, kind) WHERE ended_at IS NULL;  -- serves: what an article's page says now
CREATE INDEX rights_by_outlet ON rights (outlet, scope, source, kind, whom, value) WHERE ended_at IS NULL;  -- serves: counts of what an outlet states

CREATE TABLE alerts (                -- what was wrong with an outlet or with this machine, from when to when (docs/alerts.md)
    id        INTEGER PRIMARY KEY,   -- in the order in which they were found
    kind      TEXT NOT NULL,         -- what sort of fault: one of kickcrawl.alerts.alert.KINDS
    outlet    TEXT REFERENCES outlets (slug),-- whose fault it is; NULL: this machine's, or the whole archive's
    since     TEXT NOT NULL,         -- since when it is wrong, as far as that can be told
    certainty REAL NOT NULL,         -- how sure, 0 to 1: 1 less the chance that the same is seen by accident
    evidence  TEXT NOT NULL,         -- what was seen, a sentence
    advice    TEXT NOT NULL,         -- what to do, a sentence
    began_at  TEXT NOT NULL,         -- when it was first judged so
    seen_at   TEXT NOT NULL,         -- when it was last judged so
    ended_at  TEXT                   -- when it was first judged to be over; NULL: it lasts
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (kind, coalesce(outlet, '')) WHERE ended_at IS NULL;-- serves: what lasts; of one kind and outlet one at a time

CREATE TABLE alert_notices (         -- what each target is told of alerts: a row stands before it is sent, so that nothing is lost
    alert_id INTEGER NOT NULL REFERENCES alerts (id),-- of which alert
    event    TEXT NOT NULL CHECK (event IN ('begin', 'end')),-- what of it
    target   TEXT NOT NULL,          -- to whom: scheme and digest of the target's address, which may hold a password
    sent_at  TEXT,                   -- when it was taken; NULL: not yet
    failures INTEGER NOT NULL DEFAULT 0,  -- how often it could not be delivered
    error    TEXT,                   -- why not, the last time
    PRIMARY KEY (alert_id, event, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_notices_unsent ON alert_notices (target) WHERE sent_at IS NULL;-- serves: what is still to be sent

CREATE TABLE observations (          -- what crawls see beside articles: robots.txt, terms, certificates, domains, clocks
    subject    TEXT NOT NULL,        -- robots, terms, certificate, domain or clock
    name       TEXT NOT NULL,        -- whose: a host, a domain, an address
    outlet     TEXT NOT NULL REFERENCES outlets (slug),-- whose crawl saw it
    value      TEXT NOT NULL,        -- what it is now: rules, a digest, a time of expiry, seconds
    before     TEXT,                 -- what it was before it changed last; NULL: it never did
    since      TEXT NOT NULL,        -- when it was first seen as it is now
    checked_at TEXT NOT NULL,        -- when it was last seen
    PRIMARY KEY (outlet, subject, name)  -- two outlets may share a host
) STRICT, WITHOUT ROWID;

CREATE TABLE stories (               -- clusters of articles that are the same copy: reprints, wire and press copy, reposts
    id       INTEGER PRIMARY KEY,    -- never cite it: stories may merge
    first_id TEXT NOT NULL REFERENCES articles (id)  -- which came first: by published_at, then by first_seen_at
) STRICT;

CREATE TABLE story_members (         -- which article belongs to which story, and why; an article without copies is in none
    story_id   INTEGER NOT NULL REFERENCES stories (id),-- the story
    article_id TEXT PRIMARY KEY REFERENCES articles (id),-- the member; an article is in one story
    matched_id TEXT REFERENCES articles (id),  -- the member that it was found to be a copy of; NULL: the others joined it
    share      REAL NOT NULL,        -- of the shorter of the two texts, how much stands in the other: 0 to 1
    evidence   TEXT NOT NULL CHECK (evidence IN ('same-text', 'near-copy', 'matched'))  -- 'matched': others joined it
) STRICT, WITHOUT ROWID;
CREATE INDEX story_members_by_story ON story_members (story_id);      -- serves: the members of a story
CREATE INDEX story_members_by_matched ON story_members (matched_id);  -- serves: which articles were matched through a revised one

CREATE TABLE near_keys (             -- lookup keys of near-copies: a text's LSH bands and its paragraphs (kickcrawl/compare/near.py)
    number      INTEGER NOT NULL,    -- 48 bits of a digest of the band or of the paragraph's words
    article_key INTEGER NOT NULL REFERENCES articles (key),-- who has it
    PRIMARY KEY (number, article_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE near_sketches (         -- the numbers that an article has in near_keys, so that they can be taken out again
    article_key INTEGER PRIMARY KEY REFERENCES articles (key),-- whose numbers these are
    numbers     BLOB NOT NULL        -- 6 bytes each, big-endian
) STRICT;

-- What an author, a tag or a month has, so that a million articles need not be counted for a page. The triggers keep
-- it; the days are looked up anew only where the article that goes, or loses a name, is the first or the last: from that
-- end on, up to the next with the name, and two days further, as the day of one published earlier may be the later one.
CREATE TABLE articles_counts (       -- how much each author, tag and month of an outlet has
    kind     TEXT NOT NULL CHECK (kind IN ('authors', 'tags', 'sections', 'section', 'month')),-- what the name is of; sections: those of an author; section: the first that an article names
    name     TEXT NOT NULL,          -- as the articles have it; sections: JSON [author, section]; section: '' where an article names none; month: 2025-07, '' where no publish time is known
    outlet   TEXT NOT NULL REFERENCES outlets (slug),-- whose articles these are
    articles INTEGER NOT NULL,       -- how many; one that has the name twice is one
    words    INTEGER NOT NULL,       -- in their texts
    first    TEXT,                   -- of authors and tags: day of the first by the outlet's clock; NULL: not known
    last     TEXT,                   -- as first, of the last
    PRIMARY KEY (kind, name, outlet)
) STRICT, WITHOUT ROWID;
-- What each article counts for. The triggers, `kickcrawl verify` and the migration that first counted read it from here.
CREATE VIEW articles_named AS
    SELECT DISTINCT a.key, 'authors' AS kind, j.value AS name, a.outlet, a.words,
           date(a.published_at, coalesce(a.published_offset, 0) || ' minutes') AS day
    FROM articles a, json_each(a.authors) j
    UNION ALL
    SELECT DISTINCT a.key, 'tags', j.value, a.outlet, a.words,
           date(a.published_at, coalesce(a.published_offset, 0) || ' minutes')
    FROM articles a, json_each(a.tags) j
    UNION ALL
    SELECT DISTINCT a.key, 'sections', json_array(j.value, a.section), a.outlet, a.words, NULL
    FROM articles a, json_each(a.authors) j
    UNION ALL
    SELECT a.key, 'section', coalesce(a.section, ''), a.outlet, a.words, NULL
    FROM articles a
    UNION ALL
    SELECT a.key, 'month', coalesce(strftime('%Y-%m', a.published_at, coalesce(a.published_offset, 0) || ' minutes'), ''),
           a.outlet, a.words, NULL
    FROM articles a;
CREATE TRIGGER articles_counts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_counts (kind, name, outlet, articles, words, first, last)
    SELECT kind, name, outlet, 1, words, day, day FROM articles_named WHERE key = new.key
    ON CONFLICT DO UPDATE SET articles = articles + 1, words = words + excluded.words,
        first = coalesce(min(first, excluded.first), first, excluded.first),
        last = coalesce(max(last, excluded.last), last, excluded.last);
END;
CREATE TRIGGER articles_counts_delete BEFORE DELETE ON articles BEGIN
    UPDATE articles_counts SET articles = articles - 1, words = words - old.words
    WHERE (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key);
    DELETE FROM articles_counts WHERE articles = 0
    AND (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key);
    UPDATE articles_counts SET first = (
        SELECT min(date(b.published_at, coalesce(b.published_offset, 0) || ' minutes'))
        FROM articles b WHERE b.outlet = articles_counts.outlet AND b.key <> old.key
        AND b.published_at <= strftime('%Y-%m-%dT%H:%M:%S+00:00', (
            SELECT a.published_at FROM articles a
            WHERE a.outlet = articles_counts.outlet AND a.published_at IS NOT NULL AND a.key <> old.key
            AND instr(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END, json_quote(name))
            AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END))
            ORDER BY a.published_at LIMIT 1
        ), '+2 days')
        AND instr(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END, json_quote(name))
        AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END))
    ), last = (
        SELECT max(date(b.published_at, coalesce(b.published_offset, 0) || ' minutes'))
        FROM articles b WHERE b.outlet = articles_counts.outlet AND b.key <> old.key
        AND b.published_at >= strftime('%Y-%m-%dT%H:%M:%S+00:00', (
            SELECT a.published_at FROM articles a
            WHERE a.outlet = articles_counts.outlet AND a.published_at IS NOT NULL AND a.key <> old.key
            AND instr(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END, json_quote(name))
            AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END))
            ORDER BY a.published_at DESC LIMIT 1
        ), '-2 days')
        AND instr(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END, json_quote(name))
        AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END))
    )
    WHERE (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key)
    AND date(old.published_at, coalesce(old.published_offset, 0) || ' minutes') IN (first, last);
END;
-- An article that is edited counts no more for what it was, and then for what it is.
CREATE TRIGGER articles_counts_leave BEFORE UPDATE OF outlet, section, authors, tags, published_at, published_offset, words ON articles
WHEN (old.outlet, old.section, old.authors, old.tags, old.published_at, old.published_offset, old.words)
IS NOT (new.outlet, new.section, new.authors, new.tags, new.published_at, new.published_offset, new.words) BEGIN
    UPDATE articles_counts SET articles = articles - 1, words = words - old.words
    WHERE (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key);
    DELETE FROM articles_counts WHERE articles = 0
    AND (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key);
    UPDATE articles_counts SET first = (
        SELECT min(date(b.published_at, coalesce(b.published_offset, 0) || ' minutes'))
        FROM articles b WHERE b.outlet = articles_counts.outlet AND b.key <> old.key
        AND b.published_at <= strftime('%Y-%m-%dT%H:%M:%S+00:00', (
            SELECT a.published_at FROM articles a
            WHERE a.outlet = articles_counts.outlet AND a.published_at IS NOT NULL AND a.key <> old.key
            AND instr(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END, json_quote(name))
            AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END))
            ORDER BY a.published_at LIMIT 1
        ), '+2 days')
        AND instr(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END, json_quote(name))
        AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END))
    ), last = (
        SELECT max(date(b.published_at, coalesce(b.published_offset, 0) || ' minutes'))
        FROM articles b WHERE b.outlet = articles_counts.outlet AND b.key <> old.key
        AND b.published_at >= strftime('%Y-%m-%dT%H:%M:%S+00:00', (
            SELECT a.published_at FROM articles a
            WHERE a.outlet = articles_counts.outlet AND a.published_at IS NOT NULL AND a.key <> old.key
            AND instr(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END, json_quote(name))
            AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN a.tags ELSE a.authors END))
            ORDER BY a.published_at DESC LIMIT 1
        ), '-2 days')
        AND instr(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END, json_quote(name))
        AND name IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN b.tags ELSE b.authors END))
    )
    WHERE (kind, name, outlet) IN (SELECT kind, name, outlet FROM articles_named WHERE key = old.key)
    AND date(old.published_at, coalesce(old.published_offset, 0) || ' minutes') IN (first, last)
    AND (old.outlet <> new.outlet OR old.published_at IS NOT new.published_at OR old.published_offset IS NOT new.published_offset
         OR name NOT IN (SELECT value FROM json_each(CASE kind WHEN 'tags' THEN new.tags ELSE new.authors END)));
END;
CREATE TRIGGER articles_counts_join AFTER UPDATE OF outlet, section, authors, tags, published_at, published_offset, words ON articles
WHEN (old.outlet, old.section, old.authors, old.tags, old.published_at, old.published_offset, old.words)
IS NOT (new.outlet, new.section, new.authors, new.tags, new.published_at, new.published_offset, new.words) BEGIN
    INSERT INTO articles_counts (kind, name, outlet, articles, words, first, last)
    SELECT kind, name, outlet, 1, words, day, day FROM articles_named WHERE key = new.key
    ON CONFLICT DO UPDATE SET articles = articles + 1, words = words + excluded.words,
        first = coalesce(min(first, excluded.first), first, excluded.first),
        last = coalesce(max(last, excluded.last), last, excluded.last);
END;

-- Full text over title and text. External content: the words are kept once. Datasette and sqlite-utils find the index
-- only where content="articles" is written so, without blanks. The triggers name the columns, so that a touched
-- last_seen_at does not index an article again (sqlite-utils' own triggers would).
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, content="articles", content_rowid="key", tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
