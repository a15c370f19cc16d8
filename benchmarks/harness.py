"""A scratch database, and ratios from one interleaved run: whoever is measured takes turns, so that the machine's
mood falls on all alike. Ratios hold on other machines; times are orders of magnitude.

    from benchmarks.harness import compare
    compare("member page", aim=1.5, bare=lambda: ..., ours=lambda: ...)
"""

import atexit
import os
import statistics
import time
from pathlib import Path

SCRATCH = "kokkmas_bench"
SCALE = float(os.environ.get("BENCH_SCALE", 1))


def sized(number: int) -> int:
    """How many there are: BENCH_SCALE=0.05 tries a benchmark quickly with a twentieth; the ratios then say little."""
    return max(200, int(number * SCALE))


def set_up() -> None:
    """Django on a fresh, migrated database of its own: on DATABASE_URL's server, or on the embedded one.

    Durable as in production: `synchronous_commit` stays on. The database is dropped at the end.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kokkmas.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DEBUG = False
    settings.LOGGING["loggers"]["kokkmas"]["level"] = "ERROR"
    django.setup()
    home = settings.DATABASES["default"]["NAME"]
    _outside(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)", f"CREATE DATABASE {SCRATCH}")
    connection.close()
    connection.settings_dict["NAME"] = SCRATCH
    settings.DATABASES["default"]["NAME"] = SCRATCH

    def drop():
        connection.close()
        connection.settings_dict["NAME"] = home
        _outside(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")
        connection.close()

    atexit.register(drop)
    call_command("migrate", verbosity=0)
    [[version]] = run("SHOW server_version")
    print(f"PostgreSQL {version}, {os.cpu_count()} cores, database {SCRATCH}\n")


def _outside(*statements):
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def run(statement, parameters=None):
    """Plain SQL on Django's own connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else None


def raw_connection():
    """A psycopg connection to the same database, for what is measured without Django."""
    import psycopg
    from django.db import connection

    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold", "server_side_binding"):
        parameters.pop(name, None)
    return psycopg.connect(**parameters, autocommit=True)


def compare(name: str, *, rounds: int = 40, warm_up: int = 3, aim: float | None = None, **works) -> float:
    """Run the works in turns and print each median against the first; returns the ratio of the last to the first."""
    times = {label: [] for label in works}
    for turn in range(warm_up + rounds):
        for label, work in works.items():
            started = time.perf_counter()
            work()
            if turn >= warm_up:
                times[label].append(time.perf_counter() - started)
    medians = {label: statistics.median(values) for label, values in times.items()}
    return report(name, medians, aim=aim)


def memory(work) -> int:
    """By how many bytes the memory of this process peaked above where it stood, while `work` ran (Linux)."""
    process = Path("/proc/self")
    (process / "clear_refs").write_text("5")  # the peak starts anew
    before = _kilobytes(process, "VmRSS")
    work()
    return max(0, _kilobytes(process, "VmHWM") - before) * 1024


def _kilobytes(process, name):
    [line] = [line for line in (process / "status").read_text().splitlines() if line.startswith(name)]
    return int(line.split()[1])


def report(name: str, medians: dict[str, float], *, aim: float | None = None) -> float:
    """Print seconds per work as milliseconds and as ratios to the first."""
    first = next(iter(medians.values()))
    told = "  ".join(f"{label} {_time(seconds)} ({seconds / first:.3g})" for label, seconds in medians.items())
    ratio = list(medians.values())[-1] / first
    verdict = "" if aim is None else f"  aim {aim}: {'reached' if ratio <= aim else 'MISSED'}"
    print(f"{name:34} {told}{verdict}", flush=True)
    return ratio


def _time(seconds):
    return (
        f"{seconds:.2f} s"
        if seconds >= 1
        else f"{seconds * 1000:.3g} ms"
        if seconds >= 1e-3
        else f"{seconds * 1e6:.3g} µs"
    )
