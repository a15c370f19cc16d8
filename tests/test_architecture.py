"""The promises of docs/architecture.md, each as a test."""

from django.urls import URLPattern, URLResolver, get_resolver


def views(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, pattern.callback


def test_every_url_names_a_permission():
    silent = [name for name, view in views() if not hasattr(view, "permission")]
    assert silent == []
