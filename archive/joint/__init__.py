"""The joint site: all shards in a browser as one archive, on one machine (`kickcrawl fleet serve`).

    joint.py         the shards that are shown now, and how they are asked
    told.py          what each shard says of itself, kept while it is shown, and put together
    counts.py        the counts beside a search, put together
    whereabouts.py   in which shard an article, an outlet or an address is
    mounts.py        the sites of single shards, each made when it is first asked for
    router.py        which requests are for a shard's own site, and which for the pages over all
    pages.py         these: front, shards;  search_page.py, questions.py: the others
    app.py           puts it together

What concerns one article, outlet or run is shown by the site of its shard, as on one machine (archive/site/). It stands
beneath /shard/NAME/; articles, outlets and mementos are found under their usual addresses, too.
"""
