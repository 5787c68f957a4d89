"""A year of ten newsrooms in a minute or two: what is alarmed, when, and what is alarmed that is no fault."""
