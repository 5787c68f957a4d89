"""Fuzzing: every reader of what servers send gets anything, and gives an answer or refuses it by name.

tests/fuzz/test_fuzz.py does so for seconds; ``make fuzz`` for as long as you like, guided by what the code covers.
"""
