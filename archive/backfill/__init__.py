"""What is asked for of an outlet's past, how far that has come, and what became of each capture of web archives."""
