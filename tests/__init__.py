"""Tests: a newspaper of their own, real SQLite, a real server, saved bytes."""
