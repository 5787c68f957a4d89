"""Many shards instead of one archive: where they are kept, who may write to one, and Ray, which gives each a worker.

A shard is a set of outlets with an archive and WARC files of its own, exactly as on one machine. It is taken from its
storage, crawled by `kickcrawl run`, and given back in one step. Nothing else in kickcrawl knows of this room.

    storage.py     a folder of any file system of fsspec, in which files are created once and whole
    state.py       what is true of a shard at a time, and how one state follows another: pure
    log.py         the states of a shard, numbered; to create the next number is to win
    lease.py       a lease that is renewed while its work goes on, and a leash on that work
    taken.py       a shard's archive brought here, and given back
    work.py        the work on one shard, from lease to lease
    crawl.py       that work: `kickcrawl run`
    fleet.py       the shards of a fleet: made, listed, split, moved
    rounds.py      Ray: every due shard has its turn
    copies.py      copies of archives, to be asked; ask.py: a fan over them
    shown.py       the shards as a site shows them
"""
