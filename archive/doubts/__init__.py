"""What is not believed yet: answers that may be walls, and what was rejected.

notes.py  bad answers noted in the frontier, and pages held against the outlet's own
retry.py  rejected candidates made due again
"""
