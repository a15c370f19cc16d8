"""A note stands under its own number: a template that keeps one in a variable names it at every figure that follows."""

import re

from tests import sources


def test_no_figure_inherits_the_note_of_another():
    found = []
    for path in sources.templates():
        source = sources.text(path)
        kept = re.search(r"\bas(?:var)? note\b", source)
        for include in re.finditer(r'{% include "parts/figure\.html"[^%]*%}', source):
            names_its_parts = " with " in include[0]  # without, the note above it is the one that is meant
            if kept and names_its_parts and include.start() > kept.start() and " note=" not in include[0]:
                found.append(f"{path}: {include[0]}")
    assert found == []


def test_words_keep_their_capitals():
    """`"Rp 10.000".capitalize()` is "rp 10.000": the first letter is made large by `capfirst` only."""
    wrong = [f"{path}:{node.lineno}" for path in sources.modules() for node, _of, method in sources.calls(path)
             if method == "capitalize"]  # fmt: skip
    assert wrong == []
