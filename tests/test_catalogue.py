"""The Indonesian catalogue: complete, in step with the source, and with every placeholder where it belongs."""

import re
import shutil
import string
import subprocess

import polib
import pytest
from django.utils.translation import templatize

from tests import sources
from tests.sources import ROOT


def catalogue():
    return polib.pofile(str(ROOT / "locale/id/LC_MESSAGES/django.po"))


def test_catalogue_is_complete():
    incomplete = [entry.msgid for entry in catalogue() if not entry.translated() or entry.obsolete]
    assert incomplete == [], "translate these in locale/id/LC_MESSAGES/django.po; no fuzzy or obsolete entry may stay"


def placeholders(message: str) -> set[str]:
    braces = {name for _, name, _, _ in string.Formatter().parse(message) if name}
    return braces | set(re.findall(r"%\((\w+)\)", message))


def test_translations_have_the_placeholders_of_their_messages():
    wrong = []
    for entry in catalogue():
        for translated in (entry.msgstr, *entry.msgstr_plural.values()):
            if translated and placeholders(translated) != placeholders(entry.msgid_plural or entry.msgid):
                wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext")
def test_catalogue_has_every_message_of_the_source(tmp_path):
    """Extracted with the keywords of Django's makemessages, which would write into the catalogue itself."""
    extracted = []
    for path in [*sources.modules(), *sources.templates()]:
        copy = tmp_path / f"{'__'.join(path.parts)}.py"
        copy.write_text(sources.text(path) if path.suffix == ".py" else templatize(sources.text(path)))
        extracted.append(copy.name)
    keywords = ("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2")
    options = ["--language=Python", "--from-code=UTF-8", *(f"--keyword={keyword}" for keyword in keywords)]
    command = ["xgettext", *options, "--output=all.pot", *extracted]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue()}
    found = polib.pofile(str(tmp_path / "all.pot"))
    assert [entry.msgid for entry in found if (entry.msgctxt, entry.msgid) not in known] == [], "run `make messages`"
