"""What is not believed yet: answers that may be walls, and what was rejected.

notes.py       what an address answered in place of an article, in the frontier
pages.py       pages held against what the outlet's articles state
retry.py       rejected candidates made due again
incomplete.py  articles of which further pages could not be had
"""
