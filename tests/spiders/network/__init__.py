"""Tests of spiders/network."""
