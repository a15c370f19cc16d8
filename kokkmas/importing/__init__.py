"""The day a cooperative changes from its old books to these: what `manage.py import_books` does."""
