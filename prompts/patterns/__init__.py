"""The whole collection → facets, timelines and networks: exact counts, each with what states it."""
