"""The icons: each that is named anywhere is drawn, none is drawn in vain, and a page carries none of the drawings."""

import ast
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from core import icons
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
def test_icon_is_drawn(name):
    assert f"#{name}" in icon(name)


def test_unknown_icon_is_refused():
    with pytest.raises(LookupError, match=r"core/icons\.py"):
        icon("no-such-thing")


def test_sprite_has_every_icon_once_and_draws_it():
    with open(finders.find("icons/lucide.svg"), encoding="utf-8") as file:
        symbols = list(ElementTree.parse(file).getroot())
    assert [each.get("id") for each in symbols] == sorted(icons.NAMES)
    assert all(len(each) for each in symbols)


def test_page_refers_to_the_drawings(client):
    body = client.get("/login/").content.decode()
    assert "icons/lucide.svg#" in body
    assert "<path" not in re.sub(r"<svg class=\"chart.*?</svg>", "", body, flags=re.DOTALL)
