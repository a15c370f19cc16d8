"""The first-party files, read once, for the tests that read the code instead of running it."""

import ast
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import DebugLexer, TokenType

ROOT = Path(__file__).resolve().parent.parent
TESTS = ("tests", "benchmarks", "deploy")
BUILT = ("mutants", "out", "staticfiles")


@cache
def files(*suffixes: str) -> list[Path]:
    """Every first-party file with one of the suffixes, relative to the checkout; hidden and built folders left out."""
    found = []
    for folder in ROOT.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in BUILT:
            found += [path.relative_to(ROOT) for path in folder.rglob("*") if path.suffix in suffixes]
        elif folder.suffix in suffixes:
            found.append(folder.relative_to(ROOT))
    return sorted(path for path in found if "__pycache__" not in path.parts)


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def modules() -> list[Path]:
    """The modules of the application: no tests, no migrations."""
    return [path for path in files(".py") if path.parts[0] not in TESTS and "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def calls(path: Path) -> list[tuple[ast.Call, str, str]]:
    """Every method call in a module: the node, what it is called on, and the method's name."""
    return [
        (node, ast.unparse(node.func.value), node.func.attr)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


# -- templates ---------------------------------------------------------------------------------------------------------


def templates() -> list[Path]:
    return [path for path in files(".html") if path.parts[0] == "templates"]


def markup(path: Path) -> str:
    """A template without Django's tags, and without the bodies of those whose text is translated or unseen."""
    kept, hidden = [], None
    for token in DebugLexer(text(path)).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if name in ("blocktranslate", "comment"):
            hidden = f"end{name}"
        elif hidden:
            hidden = None if name == hidden else hidden
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            kept.append("0")  # something stands here, in no language
    return "".join(kept)


class Page(HTMLParser):
    """What a template says to people (`words`) and what the content security policy would not let it do (`inline`)."""

    SPOKEN = ("title", "placeholder", "alt", "aria-label", "data-label", "data-confirm")

    def __init__(self, source: str):
        super().__init__()
        self.words, self.inline, self._silent = [], [], 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.words += [attributes[name] for name in self.SPOKEN if attributes.get(name)]
        self.inline += [f"{name}=" for name in attributes if name == "style" or name.startswith(("on", "hx-on"))]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(f"<{tag}>")
        self._silent += tag in ("script", "style", "code", "kbd")

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style", "code", "kbd")

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)
