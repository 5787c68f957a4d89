"""Tests of archive/export."""
