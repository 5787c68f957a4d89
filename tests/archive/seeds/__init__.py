"""Tests of archive/seeds."""
