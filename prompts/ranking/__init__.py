"""Question + the sentences of one text → the probability that each of them answers."""
