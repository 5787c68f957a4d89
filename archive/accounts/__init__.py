"""Accounts of addresses: what became of each one that the seeds named, by run and by outlet."""
