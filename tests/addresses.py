"""The map of addresses, for the tests that walk it."""

from django.urls import URLPattern, URLResolver, get_resolver


def addresses(patterns=None, namespace=""):
    """Name, view and names of the arguments of every URL."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + pattern.name, pattern.callback, list(pattern.pattern.converters)
