"""Tests of kickcrawl/vocabulary."""
