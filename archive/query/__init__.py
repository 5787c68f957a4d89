"""Questions: which articles are asked for, how many they are, and the best of them with a piece of their text."""
