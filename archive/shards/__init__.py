"""Shards: several archives, each with outlets of its own, asked as if they were one."""
