"""What is remembered of an outlet's seeds, beside what they named: how far they are to be believed, and what they left.

times.py     whether the times of change of its sitemaps and feeds are true
span.py      which candidates lie in the asked days, and which are the newest
recheck.py   what is fetched again although no seed says that it was edited
missing.py   addresses that were not there lately
gaps.py      articles that a feed or a list has left out between those that it names
children.py  sitemaps whose names say that they list no articles
excluded.py  addresses that a seed named and a rule leaves out
read_before.py  which answers were read before, without harm
standing.py  whether the seeds that name all articles still name an address
"""
