"""Tests of archive/backfill."""
