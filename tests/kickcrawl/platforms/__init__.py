"""Tests of kickcrawl/platforms."""
