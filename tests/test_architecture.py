"""The promises of docs/architecture.md, each as a test. A message says what to write where."""

import ast
import re
import shutil
import string
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import templatize
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from core import audit, hooks
from core.permissions import GRANTED, Permission
from reports import checks
from tests import sources
from tests.addresses import addresses
from tests.sources import ROOT

# -- permissions and layers ------------------------------------------------------------------------------------------


def test_every_url_names_a_permission():
    silent = [name for name, view, _arguments in addresses() if not hasattr(view, "permission")]
    assert silent == []


def test_every_permission_is_granted_to_somebody():
    assert set(Permission) - set().union(*GRANTED.values()) == set()


def test_imports_only_go_down(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_room_stands_in_a_contract_that_names_all_its_modules():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    complete = {room for contract in contracts if contract.get("exhaustive") for room in contract["containers"]}
    rooms = {config.label for config in apps.get_app_configs() if (ROOT / config.label).is_dir()}
    assert rooms - complete == {"core", "kokkmas"}, "name its layers in pyproject.toml"


# -- what rooms above tell rooms below ---------------------------------------------------------------------------------


def test_every_hook_resolves_and_its_question_is_asked():
    for path in hooks.registered().values():
        assert callable(import_string(path)), path
    asked = set()
    for path in sources.modules():
        asked |= set(re.findall(r"hooks\.answers?\(\s*\"(\w+)\"", sources.text(path)))
    assert {name.partition(".")[0] for name in hooks.registered()} - asked == set(), "nobody asks these questions"


# -- one place for the clock, one for writing ------------------------------------------------------------------------

CLOCKS = {
    "date": {"today"},
    "datetime": {"today", "now", "utcnow"},
    "timezone": {"now", "localdate", "localtime"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}


def test_only_core_dates_reads_the_clock():
    found = []
    for path in sources.modules():
        for node, receiver, method in sources.calls(path):
            if method in CLOCKS.get(receiver.rpartition(".")[2], ()):
                found.append(f"{path}:{node.lineno} {receiver}.{method}()")
        source = sources.text(path)
        found += [f"{path} {word}" for word in re.findall(r"\bauto_now(?:_add)?\b", source)]
        found += [f"{path} {line}" for line in re.findall(r"from django\.utils\.timezone import.*", source)]
    for path in sources.files(".sql"):
        clock = r"\b(?:current_date|current_timestamp|localtimestamp|now\(\)|clock_timestamp)\b"
        found += [f"{path} {word}" for word in re.findall(clock, sources.text(path), re.IGNORECASE)]
    assert [line for line in found if not line.startswith("core/dates.py")] == []


WRITERS = {
    "core/audit.py": "the trail itself",
    "core/notices.py": "the inbox",
    "core/forms.py": "the one-time token",
    "core/uploads.py": "an image into memory",
    "ledger/apps.py": "the chart of accounts, which every database has",
    "treasury/categories.py": "the categories of vouchers, which every database has",
    "pricing/trade.py": "the measures of the trade, which every database has",
}
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}


def test_only_services_write():
    found = []
    for path in sources.modules():
        if path.name == "services.py" or {"services", "seed"} & set(path.parts) or str(path) in WRITERS:
            continue
        for node, receiver, method in sources.calls(path):
            of_rows = ".objects" in receiver or re.search(r"\.(filter|exclude|all)\(", receiver)
            if (
                method in WRITES
                or (method in ("update", "delete") and of_rows)
                or (method == "delete" and not node.args)
            ):
                found.append(f"{path}:{node.lineno} {receiver}.{method}()")
    assert found == [], "writing belongs into a services.py, or a package of that name"


# -- one noun through every layer --------------------------------------------------------------------------------------

LAYERS = ("arithmetic", "models", "queries", "services", "forms", "views", "papers", "templates")
ROOMS_OF_NOUNS = ("loans", "orders", "sales", "departures", "stock", "activities")
NOT_NOUNS = {"__init__", "common", "fields", "register"}
"""What several nouns share; `register` is how members and partners are searched."""


def nouns_of(room: str) -> dict[str, list[str]]:
    """Every noun of a room with the layers that have a module of that name; a layer without a package is the room's."""
    found = {}
    for layer in LAYERS[:-1]:
        modules = {path.stem for path in sources.modules() if path.parts[:-1] == (room, layer)} - NOT_NOUNS
        if (ROOT / room / f"{layer}.py").exists():
            modules = {room}
        for noun in modules:
            found.setdefault(noun, []).append(layer)
    for noun in {path.parts[2] for path in sources.templates() if path.parts[1] == room and len(path.parts) > 3}:
        found.setdefault(noun, []).append("templates")
    return dict(sorted(found.items()))


def noun_table(room: str) -> str:
    nouns = nouns_of(room)
    layers = [layer for layer in LAYERS if any(layer in having for having in nouns.values())]
    lines = [f"| {room} | {' | '.join(layers)} |", "|---|" + "---|" * len(layers)]
    for noun, having in nouns.items():
        lines.append(f"| {noun} | {' | '.join('x' if layer in having else '' for layer in layers)} |")
    return "\n".join(lines)


@pytest.mark.parametrize("room", ROOMS_OF_NOUNS)
def test_document_has_the_table_of_nouns_and_layers(room):
    """The table is worked out from the code, so a module in a layer that the document does not name fails, and back."""
    document = (ROOT / "docs/architecture.md").read_text()
    assert noun_table(room) in document, f"docs/architecture.md needs this table:\n\n{noun_table(room)}"


def test_what_has_a_form_or_templates_is_a_noun_of_its_room():
    strays = [
        f"{config.label}: {noun}"
        for config in apps.get_app_configs()
        for noun, layers in nouns_of(config.label).items()
        if set(layers) <= {"forms", "templates"}
    ]
    assert strays == [], "name it by the noun of its view, or put what several share into `common`"


# -- words -----------------------------------------------------------------------------------------------------------


def first_party_models():
    for config in apps.get_app_configs():
        if (ROOT / config.label).is_dir():
            yield from config.get_models()


def test_glossary_names_every_model_as_the_screen_does():
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE))
    missing = []
    with translation.override("id"):
        for model in first_party_models():
            term = str(model._meta.verbose_name)
            if rows.get(model.__name__) != term:
                missing.append(f"| `{model.__name__}` | {term} | what it is |")
    assert not missing, "docs/glossary.md needs these rows, named as on the screen:\n" + "\n".join(missing)


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
    promises = "\n".join(f"_({checks.promise(path)!r})" for path in sorted(checks.FOLDER.glob("*.sql")))
    (tmp_path / "promises.py").write_text(promises)
    extracted.append("promises.py")
    keywords = ("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2")
    options = ["--language=Python", "--from-code=UTF-8", *(f"--keyword={keyword}" for keyword in keywords)]
    command = ["xgettext", *options, "--output=all.pot", *extracted]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue()}
    found = polib.pofile(str(tmp_path / "all.pot"))
    assert [entry.msgid for entry in found if (entry.msgctxt, entry.msgid) not in known] == [], "run `make messages`"


def test_no_message_hides_in_an_f_string():
    """Makemessages does not look into f-strings, so what stands there is never translated."""
    hidden = []
    for path in sources.modules():
        for string_ in (node for node in ast.walk(ast.parse(sources.text(path))) if isinstance(node, ast.JoinedStr)):
            for call in (node for node in ast.walk(string_) if isinstance(node, ast.Call)):
                named = getattr(call.func, "id", "") in {"_", "gettext", "ngettext", "pgettext"}
                if named and call.args and isinstance(call.args[0], ast.Constant):
                    hidden.append(f"{path}:{call.lineno} {call.args[0].value}")
    assert hidden == [], "take the message out of the f-string and use format()"


def test_every_audited_action_has_its_sentence():
    recorded = set()
    for path in sources.modules():
        recorded |= set(re.findall(r"audit\.record\(\s*\"([^\"]+)\"", sources.text(path)))
    assert recorded - set(audit.sentences()) == set(), "add the sentence to audit_sentences of the AppConfig"


def test_a_page_never_asks_for_the_trail_without_saying_who_reads_it():
    asked = re.compile(r"audit\.trail\((?![^()]*(?:\([^()]*\)[^()]*)*reader=)")
    found = [str(path) for path in sources.modules() if asked.search(sources.text(path))]
    assert found == [], "a case about the reader must stay out of it (decision 8)"


# -- decisions -------------------------------------------------------------------------------------------------------

RECORD = re.compile(r"(\d{4})-[a-z0-9-]+\.md")


def decision_records() -> dict[int, str]:
    return {
        int(path.name[:4]): path.name for path in (ROOT / "docs/decisions").iterdir() if RECORD.fullmatch(path.name)
    }


def test_decisions_are_numbered_without_gaps_and_each_once_in_the_index():
    records = decision_records()
    assert len(records) == len(list((ROOT / "docs/decisions").glob("*.md"))) - 1, (
        "two records share a number, or a name is off"
    )
    assert sorted(records) == list(range(1, len(records) + 1))
    titles = {number: (ROOT / "docs/decisions" / name).read_text().split(".")[0] for number, name in records.items()}
    assert titles == {number: f"# {number}" for number in records}
    index = re.findall(r"\[(\d+)\]\(([^)]+)\)", (ROOT / "docs/decisions/README.md").read_text())
    assert sorted((int(number), name) for number, name in index) == sorted(records.items())


def test_every_reference_to_a_decision_resolves():
    records = decision_records()
    broken = []
    for path in sources.files(".py", ".md", ".html", ".sql", ".typ", ".js", ".css", ".toml"):
        source = sources.text(path)
        numbers = re.findall(r"\bdecision (\d+)\b", source, re.IGNORECASE)
        broken += [f"{path}: decision {number}" for number in numbers if int(number) not in records]
        broken += [f"{path}: {name[0]}" for name in re.finditer(RECORD, source) if name[0] not in records.values()]
        broken += [f"{path}: {word}, say `decision 9`" for word in re.findall(r"\bAD[R] ?\d+", source)]
    assert broken == []


def test_documents_name_only_files_and_tests_that_exist():
    """A file stands by its whole path or by its end (`transfers_come_to_nothing.sql`), a test by its function."""
    files = [str(path) for path in sources.files(".py", ".sql", ".md", ".toml", ".typ", ".html", ".js")]
    tests = {name for path in sources.files(".py") for name in re.findall(r"\bdef (test_\w+)", sources.text(path))}
    missing = []
    for path in [Path("README.md"), *sorted((ROOT / "docs").rglob("*.md"))]:
        for named in re.findall(r"`([^`\s]+)`", (ROOT / path).read_text()):
            name, _, test = named.partition("::")
            if re.fullmatch(r"[\w./-]+\.(?:py|sql|md|toml|typ|html|js)", name):
                known = any(f"/{file}".endswith(f"/{name}") for file in files) and (not test or test in tests)
            else:
                known = not re.fullmatch(r"test_\w+", name) or name in tests
            missing += [] if known else [f"{path.name}: {named}"]
    assert missing == []


def test_accounting_names_only_services_that_exist():
    rooms = {config.label for config in apps.get_app_configs() if (ROOT / config.label / "services").exists()}
    rooms |= {config.label for config in apps.get_app_configs() if (ROOT / config.label / "services.py").exists()}
    named = re.findall(r"`(\w+)\.(\w+)`", (ROOT / "docs/accounting.md").read_text())
    services = {(room, verb) for room, verb in named if room in rooms}
    assert len(services) > 40
    missing = [f"{room}.{verb}" for room, verb in services if not hasattr(import_module(f"{room}.services"), verb)]
    assert missing == []


# -- templates -------------------------------------------------------------------------------------------------------

# Names and abbreviations that are the same in every language, and the languages by their own names.
NAMES = set(
    "KOKKMAS Koperasi Kerajinan Keparakan Mandiri Sejahtera Kidul Yogyakarta Rp SHU NIK RT RW XLSX PDF CSV WhatsApp "
    "Bahasa Indonesia Language English".split()
)


@pytest.mark.parametrize("path", sources.templates(), ids=str)
def test_template_has_nothing_inline_and_no_untranslated_word(path):
    page = sources.Page(sources.markup(path))
    assert page.inline == [], "the content security policy forbids inline style and script"
    words = set(re.findall(r"[^\W\d_]+", " ".join(page.words)))
    assert words - NAMES == set(), "put these words into a translate tag"


@pytest.mark.parametrize("room", sorted({path.parts[1] for path in sources.templates()}))
def test_no_template_line_is_over_160_characters(room):
    long = [
        f"{path}:{number}"
        for path in sources.templates()
        if path.parts[1] == room
        for number, line in enumerate(sources.text(path).splitlines(), start=1)
        if len(line) > 160
    ]
    assert long == [], "break the line beside a block element, at a blank, or inside a trimmed blocktranslate"


# -- files -----------------------------------------------------------------------------------------------------------


def test_no_registry_address_and_no_path_of_a_machine():
    address = re.compile(
        r"p[y]pi\.org|pythonhost[e]d|registry\.np[m]js|index-ur[l]=|find-lin[k]s|/wor[k]/|/roo[t]/|/hom[e]/\w"
    )
    text_files = sources.files(".py", ".txt", ".in", ".toml", ".md", ".html", ".sql", ".po", ".typ", ".css", ".js")
    found = {str(path) for path in text_files if address.search(sources.text(path))}
    assert found == set()
