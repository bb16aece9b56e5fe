"""Records and articles → exercises for training, each with a key of exact citations."""
