"""Tests of archive/commands."""
