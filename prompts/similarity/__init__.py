"""A case or a narrative → similar cases with reasons and differences; cases → their comparison."""
