"""Tests of archive/corpus."""
