"""Pulling the plug: a piece of work is killed with SIGKILL before each of its statements in turn, then let through.

`killed_before_every_statement(script)` runs the Python text `script` in processes of their own against the database
of the running test (which must commit for real: `transaction=True`), and returns how often it was killed. What is in
the books afterwards is what the last run did, or something of the others has stayed.
"""

import json
import os
import signal
import subprocess
import sys

import django
from django.db import connection

PLACE = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


def killed_before_every_statement(script: str) -> int:
    place = json.dumps({name: str(connection.settings_dict[name]) for name in PLACE})
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", place, script], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout)


def _work(script: str, last: int) -> None:
    """In a child: run the script, dying before its statement number `last`."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        exec(script, {})


def main(place: str, script: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    connection.settings_dict.update(json.loads(place))
    kills = 0
    while True:
        child = os.fork()
        if not child:
            _work(script, kills + 1)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            kills += 1
            continue
        if os.WEXITSTATUS(status):
            sys.exit(1)
        break
    sys.stdout.write(str(kills))


if __name__ == "__main__":
    main(*sys.argv[1:])
