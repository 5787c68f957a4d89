"""Tests of archive/accounts."""
