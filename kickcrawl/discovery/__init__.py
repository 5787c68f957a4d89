"""Discovery: pure functions from a seed's bytes to candidates, one file for each kind of seed.

Each reads one answer, raises SeedError where the answer is not what the seed should be, and never fetches.
"""
