"""Tests of kickcrawl/compare."""
