"""python -m benchmarks [name ...]: every benchmark, or those whose names are given. `make bench` runs all.

BENCH_SCALE=0.05 in the environment tries loans, schedules and savings quickly, at a twentieth of their size.
"""

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks import harness


def main(wanted):
    harness.set_up()
    for module in sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__)):
        if module in ("harness", "__main__"):
            continue
        found = importlib.import_module(f"benchmarks.{module}")
        chosen = {name: work for name, work in found.BENCHMARKS.items() if not wanted or {name, module} & set(wanted)}
        if chosen:
            print(f"== {module}: {found.__doc__.splitlines()[0]}")
            found.prepare()
            for work in chosen.values():
                work()
            print()


main(sys.argv[1:])
