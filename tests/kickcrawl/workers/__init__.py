"""Tests of kickcrawl/workers."""
