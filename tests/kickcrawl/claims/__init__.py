"""Tests of kickcrawl/claims."""
