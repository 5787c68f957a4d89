"""Tests of archive/shards."""
