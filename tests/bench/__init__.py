"""Benchmarks: print figures and ratios of one session; assert nothing."""
