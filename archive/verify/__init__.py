"""Verification: is everything as it was stored?"""
