"""Models of savings."""
