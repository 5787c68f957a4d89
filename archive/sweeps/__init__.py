"""What the lists of an outlet tell when they are held against what they named before."""
