"""Models of orders."""
