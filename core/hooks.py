"""What rooms above tell rooms below. Imports only go down, so the room that knows says so, and the room below asks.

The room above lists its answers in its AppConfig, each under `question.key` as the dotted path of a function:

    class LoansConfig(AppConfig):
        hooks = {"arrears.loan": "loans.hooks.owed"}

The room below asks all of them, `hooks.answers("arrears")`, or one of them, `hooks.answer("arrears", "loan")`, and its
docstring says what is called with which arguments. `tests/test_architecture.py` holds that every path resolves and that
every question is asked by somebody.
"""

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


@cache
def registered() -> dict[str, str]:
    """Every hook of every installed app: `question.key` → dotted path.

    Raises ImproperlyConfigured where two rooms answer under one name.
    """
    paths: dict[str, str] = {}
    for config in apps.get_app_configs():
        for name, path in getattr(config, "hooks", {}).items():
            if name in paths:
                raise ImproperlyConfigured(f"{config.name} and another app both answer {name}")
            paths[name] = path
    return paths


def answers(question: str) -> dict[str, Callable]:
    """The functions that answer `question`, by key, in the order of their keys."""
    prefix = f"{question}."
    return {
        name.removeprefix(prefix): import_string(path)
        for name, path in sorted(registered().items())
        if name.startswith(prefix)
    }


def answer(question: str, key: str) -> Callable | None:
    """The function that answers `question` for `key`; None where no installed room knows."""
    path = registered().get(f"{question}.{key}")
    return import_string(path) if path else None
