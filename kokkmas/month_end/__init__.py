"""The end of a month: what every room posts, then the close."""
