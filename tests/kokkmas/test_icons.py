"""Every icon that is named anywhere exists: a misspelt one breaks a page only when its row has something to say."""

import ast
import re

import pytest
from django.conf import settings

from core.templatetags.ui import icon


def names_in_templates():
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        yield from re.findall(r"""(?:{% icon |\bicon=)["']([a-z0-9-]+)["']""", path.read_text(encoding="utf-8"))


def names_in_home():
    sources = [settings.BASE_DIR / "kokkmas/office" / name for name in ("home.py", "waiting.py")]
    tree = ast.parse("\n".join(source.read_text(encoding="utf-8") for source in sources))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Waiting", "Answer"):
            first = next((word.value for word in call.keywords if word.arg == "icon"), None) or call.args[0]
            if isinstance(first, ast.Constant):
                yield first.value


@pytest.mark.parametrize("name", sorted({*names_in_templates(), *names_in_home()}))
def test_icon_exists(name):
    assert icon(name).startswith("<svg")
