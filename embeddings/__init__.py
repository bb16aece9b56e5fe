"""Where it is: encoders, vectors, lexical search, fusion and retrieval."""
