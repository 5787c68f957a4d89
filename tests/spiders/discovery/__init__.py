"""Tests of spiders/discovery."""
