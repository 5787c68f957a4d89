"""What the archive says of runs and outlets.

addresses.py  what became of each address that the seeds named
faults.py     what runs tell is wrong, and when it began
health.py     whether a run gave what its outlet usually gives
status.py     how much of each outlet is archived
"""
