"""What we install: pinned by hash, and under a licence that somebody has read."""

import re
from importlib import metadata

import pytest
from django.conf import settings

SETS = ("requirements.txt", "requirements-demo.txt", "requirements-dev.txt", "requirements-audit.txt")
PERMISSIVE = ("0BSD", "Apache", "BSD", "MIT", "PSF", "MPL-2.0")
COPYLEFT = {
    "ofxtools": "GPL-3.0-only",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "python-stdnum": "GNU Lesser General Public License v2 or later (LGPLv2+)",
}
"""Used, not changed and not handed on with the application; docs/licences.md says what that asks of whoever does."""
UNSAID = {"pyrage": "MIT"}
"""Packages whose metadata names no licence: as their repository has it."""
ELSEWHERE = {"colorama"}
"""Pinned for other operating systems."""


def pins(name):
    """(package, what stands behind it until the next one) for each pinned package."""
    text = (settings.BASE_DIR / name).read_text(encoding="utf-8")
    blocks = re.split(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", text, flags=re.MULTILINE)[1:]
    return list(zip(blocks[::2], blocks[1::2], strict=True))


def licences(package):
    about = metadata.metadata(package)
    said = [about.get("License-Expression"), *(about.get_all("Classifier") or []), about.get("License")]
    return [each.split("::")[-1].strip() for each in said if each and ("License" in each or "::" not in each)]


@pytest.mark.parametrize("name", SETS)
def test_everything_is_pinned_by_hash(name):
    assert pins(name)
    assert [package for package, rest in pins(name) if "--hash=sha256:" not in rest] == []


@pytest.mark.parametrize("name", SETS)
def test_no_registry_is_named(name):
    assert not re.search(r"--index-url|--extra-index-url|https?://\S+/simple", (settings.BASE_DIR / name).read_text())


@pytest.mark.parametrize("package", sorted({pin[0] for pin in pins("requirements.txt")} - ELSEWHERE))
def test_licence_is_known(package):
    if package in UNSAID:
        assert licences(package) == []
        return
    found = licences(package)
    assert found, f"{package} names no licence: look it up and put it into UNSAID"
    expected = COPYLEFT.get(package)
    assert any(each == expected if expected else any(word in each for word in PERMISSIVE) for each in found), found


def test_document_names_every_copyleft_package():
    text = (settings.BASE_DIR / "docs/licences.md").read_text(encoding="utf-8")
    assert [package for package in COPYLEFT if f"`{package}`" not in text] == []
