"""What is asked and what is said: interpretation, selection, composition and the wording."""
