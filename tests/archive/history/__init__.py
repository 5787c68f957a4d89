"""Tests of archive/history."""
