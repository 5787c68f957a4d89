"""Tests of kickcrawl/body."""
