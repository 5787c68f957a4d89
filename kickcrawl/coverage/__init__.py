"""The coverage certificate: of what an outlet published on each day, how much is archived, and who can tell.

items.py        one article that was named, or is archived: its day, what became of it, how late it came
reach.py        for which days a seed can tell what was published
rows.py         a day or a month: counts, delays, and how sure they are
estimate.py     how many articles no seed has named, by capture-recapture (formulas with their sources)
loglinear.py    the log-linear model that the estimate fits
histories.py    which seeds' histories an estimate is made from, and when it cannot tell
certificate.py  the rows of an outlet and their sum: recall of what was named, counted, and estimated
words.py        all of it in sentences

Pure. archive.accounts.coverage reads the values; the command, the site and datasheets show them.
"""
