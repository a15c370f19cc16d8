"""A bar for commands that take more than a moment."""

from collections.abc import Callable, Iterable
from functools import partial

from tqdm import tqdm


def bar(items: Iterable | None, label: str, *, silent: bool = False) -> tqdm:
    """`items` as they are; who goes through them at a terminal sees a bar on standard error meanwhile."""
    return tqdm(items, desc=label, disable=silent or None, leave=False, dynamic_ncols=True)


def watching(label: str, *, silent: bool = False) -> Callable:
    """What to tell a function that takes `watch`: its steps are shown as a bar."""
    return partial(bar, label=label, silent=silent)
