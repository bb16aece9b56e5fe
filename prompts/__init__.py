"""What is asked and what is said: interpretation, selection, decision, composition."""
