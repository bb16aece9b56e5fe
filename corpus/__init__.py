"""What we know: records, readers, canonical text with offsets, passages and the library store."""
