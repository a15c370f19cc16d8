"""`make mutants` runs in a copy of the checkout, which must hold every room."""

import tomllib

from tests.sources import ROOT


def test_the_copy_for_mutants_holds_every_room():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    copied = {*tools["mutmut"]["source_paths"], *tools["mutmut"]["also_copy"]}
    assert set(tools["importlinter"]["root_packages"]) <= copied
    for pattern in tools["mutmut"]["only_mutate"]:
        assert list(ROOT.glob(pattern)), pattern
