"""Tests of spiders/backfill."""
