"""`make scale`: all of `deploy/` on one machine, under load, with the primary killed in the middle of it.

Real engines only: two PostgreSQL servers with synchronous replication, pgbouncer, two gunicorns and nginx, with the
configuration files of this folder. Cashiers post vouchers over HTTP and read the monthly report, which comes from the
standby. Then the primary is killed, the standby promoted, the pooler led to it. Proven at the end: every voucher that a
cashier saw confirmed is in the books exactly once, no report was older than what was confirmed before it was asked for,
and every check of the books passes. Prints a report; exit status 1 where something was lost.

Needs pgbouncer and nginx (Debian: apt install pgbouncer nginx-light).
"""

import argparse
import contextlib
import http.client
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import string
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import psycopg

from kokkmas.embedded import RUNTIME, Server, _Account, binaries

ROOT = Path(__file__).resolve().parents[1]
HERE, PRIMARY, STANDBY = "127.0.0.1", "127.0.0.11", "127.0.0.12"
CASHIER, PASSWORD = "bendahara", "kokkmas-demo"
STATEMENTS = "deploy/postgresql.conf"


class Rehearsal:
    def __init__(self, folder: Path):
        self.folder, self.pooler = folder, folder / "pooler"
        self.pooler.mkdir()
        self.primary, self.standby = (Server(folder / name) for name in ("primary", "standby"))
        self.pooler_port, self.proxy_port, *self.application_ports = (free_port() for _each in range(4))
        self.processes: list[subprocess.Popen] = []

    # -- setting up --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        say("the primary, with two months of the demo cooperative")
        self.primary.ensure()
        for action in (["migrate", "--verbosity", "0"], ["seed_demo", "--months", "2"]):
            self.manage(*action, server=self.primary)
        say("the standby, as a copy that follows")
        self.standby.root.mkdir(parents=True)
        tool(
            "pg_basebackup",
            "--dbname",
            self.primary.url(),
            "--pgdata",
            self.standby.data,
            "--write-recovery-conf",
            "--checkpoint=fast",
        )
        for server, address in ((self.primary, PRIMARY), (self.standby, STANDBY)):
            settings = server.data / "postgresql.conf"
            ours = f"{(ROOT / STATEMENTS).read_text()}\nlisten_addresses = '{address}'\n"
            settings.write_text(f"{settings.read_text()}\n{ours}")
        self.standby.ensure()
        self.primary.stop()
        with (self.primary.data / "postgresql.auto.conf").open("a") as auto:
            auto.write("synchronous_standby_names = '*'\n")
        self.primary.ensure()
        wait_for(lambda: ask(self.primary, "SELECT sync_state FROM pg_stat_replication") == "sync", "replication")
        say("pgbouncer, two application servers, nginx")
        self.write_pooler(PRIMARY)
        self.spawn("pgbouncer", *self.as_nobody(), self.pooler / "pgbouncer.ini")
        for port in self.application_ports:
            self.spawn(
                sys.executable, "-m", "gunicorn", "kokkmas.wsgi", "--bind", f"{HERE}:{port}",
                "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--timeout", "60",
                "--log-level", "warning",
            )  # fmt: skip
        servers = " ".join(f"server {HERE}:{port} max_fails=0;" for port in self.application_ports)
        self.write("nginx.conf", self.folder, proxy_host=HERE, proxy_port=self.proxy_port, applications=servers)
        self.spawn("nginx", "-c", self.folder / "nginx.conf", "-g", "daemon off;")
        wait_for(lambda: Cashier(self, 0).page("/health/").status == 200, "the application behind the proxy")

    def write_pooler(self, primary: str) -> None:
        (self.pooler / "users.txt").write_text(f'"{RUNTIME}" ""\n')
        self.write(
            "pgbouncer.ini", self.pooler, primary_host=primary, primary_port=5432, standby_host=STANDBY,
            standby_port=5432, database="postgres", user=RUNTIME, pooler_host=HERE, pooler_port=self.pooler_port,
            auth_type="any", auth_file=self.pooler / "users.txt",
        )  # fmt: skip

    def write(self, name: str, folder: Path, **words) -> None:
        text = string.Template((ROOT / "deploy" / name).read_text()).substitute(words, folder=folder)
        (folder / name).write_text(text)

    def as_nobody(self) -> list[str]:
        """pgbouncer refuses to be root."""
        if os.geteuid() != 0:
            return []
        self.folder.chmod(0o711)
        for path in (self.pooler, *self.pooler.glob("*")):
            shutil.chown(path, "nobody")
        return ["-u", "nobody"]

    def environment(self, server: Server | None = None) -> dict:
        """Of the application, in its own role; with `server`, of a command that goes there and knows the owner."""
        pooler = f"postgresql://{RUNTIME}@{HERE}:{self.pooler_port}"
        return os.environ | {
            "DATABASE_URL": server.url(RUNTIME) if server else f"{pooler}/kokkmas",
            "OWNER_URL": server.url() if server else "",
            "REPLICA_URL": "" if server else f"{pooler}/kokkmas_replica",
            "BEHIND_POOLER": "1",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "kokkmas.settings",
        }

    def manage(self, *arguments: str, server: Server) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(server), stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def spawn(self, *command) -> None:
        log = (self.folder / f"{Path(str(command[0])).name}-{len(self.processes)}.log").open("w")
        self.processes.append(
            subprocess.Popen(
                [str(part) for part in command], cwd=ROOT, env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        )

    # -- the accident ------------------------------------------------------------------------------------------------

    def kill_primary(self) -> None:
        os.kill(self.primary.postmaster(), signal.SIGKILL)

    def fail_over(self) -> None:
        """What docs/operations/scale.md tells the operator to do, in the same order."""
        tool("pg_ctl", "promote", "-D", self.standby.data, "-w", "-s")
        ask(self.standby, "ALTER SYSTEM SET synchronous_standby_names = ''")
        ask(self.standby, "SELECT pg_reload_conf()")
        self.write_pooler(STANDBY)
        console = f"postgresql://{RUNTIME}@{HERE}:{self.pooler_port}/pgbouncer"
        with psycopg.connect(console, autocommit=True, prepare_threshold=None) as session:
            session.pgconn.exec_(b"RELOAD")

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        for server in (self.standby, self.primary):
            server.stop()


class Cashier:
    """A browser of a treasurer: posts a voucher, then reads the monthly report, again and again."""

    def __init__(self, rehearsal: Rehearsal, number: int):
        self.base = f"http://{HERE}:{rehearsal.proxy_port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), Stay())
        self.number = number

    def page(self, path: str, facts: dict | None = None):
        data = urllib.parse.urlencode(facts).encode() if facts else None
        request = urllib.request.Request(self.base + path, data=data, headers={"Referer": self.base + path})
        return self.opener.open(request, timeout=60)

    def fields(self, path: str) -> dict:
        """The hidden fields of the page's last form, which a browser would send along."""
        text = self.page(path).read().decode()
        found = dict(re.findall(r'name="(csrfmiddlewaretoken|token)" value="([^"]+)"', text))
        category = re.search(r'name="category"[^>]*>.*?<option value="(\d+)"', text, re.DOTALL)
        return found | ({"category": category[1]} if category else {})

    def log_in(self) -> None:
        hidden = self.fields("/login/")
        answer = self.page("/login/", hidden | {"username": CASHIER, "password": PASSWORD})
        assert answer.status == 302, "the login was refused"

    def post(self, amount: int, payee: str) -> None:
        """Until it is confirmed: the same form is sent again after every failure, and is carried out once."""
        path = "/treasury/vouchers/record/in/"
        hidden = self.patiently(lambda: self.fields(path))
        facts = {
            "unit": "umum",
            "payee": payee,
            "purpose": "Latihan",
            "amount": amount,
            "channel": "cash",
            "on": today(),
        }

        def send():
            answer = self.page(path, hidden | facts | {"on": today()})
            if answer.status == 302:
                return True
            if "sudah pernah dikirim" in (text := answer.read().decode()):
                return True
            raise AssertionError(f"refused: {re.findall('class=.error[^<]*<[^>]*>(.*?)</', text)[:3]}")

        self.patiently(send)

    def closing_cash(self) -> int:
        """The closing balance of cash and bank in the general unit, as the monthly report says it."""
        text = self.patiently(lambda: self.page("/reports/").read().decode())
        return closing_cash(text)

    def patiently(self, act):
        for _time in range(120):
            try:
                return act()
            except (OSError, http.client.HTTPException, urllib.error.HTTPError):
                time.sleep(0.25)
        raise AssertionError("nothing answered for half a minute")


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *_unused):
        return None

    def http_error_302(self, request, response, *_unused):
        return response

    http_error_303 = http_error_302


class Load:
    """Cashiers at work, each in a thread."""

    def __init__(self, rehearsal: Rehearsal, cashiers: int):
        self.rehearsal, self.cashiers = rehearsal, cashiers
        self.confirmed: dict[str, tuple[int, float]] = {}
        self.stale: list[str] = []
        self.failures: list[str] = []
        self.reads = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=[number]) for number in range(cashiers)]
        first = Cashier(rehearsal, 0)
        first.log_in()
        self.before = first.closing_cash()

    def work(self, number: int) -> None:
        cashier = Cashier(self.rehearsal, number)
        try:
            cashier.patiently(cashier.log_in)
            while not self.stopping.is_set():
                payee, amount = f"Latihan {uuid.uuid4()}", 1000 + number
                cashier.post(amount, payee)
                with self.lock:
                    self.confirmed[payee] = (amount, time.monotonic())
                    known = self.before + sum(sum for sum, _at in self.confirmed.values())
                shown = cashier.closing_cash()
                self.reads += 1
                if shown < known:
                    self.stale.append(f"cashier {number} read {shown:,} when {known:,} was confirmed")
        except Exception as error:  # noqa: BLE001  a thread's error would vanish, and the run would look fine
            self.failures.append(f"cashier {number}: {error!r}")


def closing_cash(text: str) -> int:
    row = re.search(r"Saldo akhir.*?</tr>", text, re.DOTALL)[0]
    figures = [int(re.sub(r"\D", "", figure)) for figure in re.findall(r">\s*(?:Rp\s*)?([\d.]+)\s*<", row)]
    return figures[1]


def tool(name: str, *arguments) -> None:
    data = next(Path(str(each)) for each in arguments if str(each).endswith("/data"))
    code, said = _Account(data if data.exists() else data.parent).run(binaries() / name, *arguments)
    if code:
        raise SystemExit(f"{name} failed: {said}")


def ask(server: Server, statement: str):
    with psycopg.connect(server.url(), autocommit=True) as session:
        cursor = session.execute(statement)
        found = cursor.fetchone() if cursor.description else None
        return found and found[0]


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        return free.getsockname()[1]


def wait_for(condition, what: str) -> None:
    for _time in range(240):
        with contextlib.suppress(OSError, http.client.HTTPException, psycopg.Error):
            if condition():
                return
        time.sleep(0.25)
    raise SystemExit(f"{what} did not come up in a minute")


def today() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600))  # the cooperative's day, in Yogyakarta


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.rehearsal", description=__doc__.splitlines()[0])
    parser.add_argument("--cashiers", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=20, help="of load before the primary is killed, and after")
    wanted = parser.parse_args()
    if missing := [name for name in ("pgbouncer", "nginx") if not shutil.which(name)]:
        raise SystemExit(f"make scale needs {' and '.join(missing)} (Debian: apt install pgbouncer nginx-light)")
    with tempfile.TemporaryDirectory(prefix="kokkmas-scale-") as folder:
        rehearsal = Rehearsal(Path(folder))
        try:
            rehearsal.start()
            return run(rehearsal, wanted)
        finally:
            rehearsal.stop()


def run(rehearsal: Rehearsal, wanted) -> int:
    load = Load(rehearsal, wanted.cashiers)
    say(f"{wanted.cashiers} cashiers at work for {wanted.seconds} s")
    for thread in load.threads:
        thread.start()
    time.sleep(wanted.seconds)
    before = len(load.confirmed)
    say(f"{before} vouchers confirmed, {load.reads} reports read; the primary is killed")
    killed = time.monotonic()
    rehearsal.kill_primary()
    rehearsal.fail_over()
    promoted = time.monotonic()
    time.sleep(wanted.seconds)
    load.stopping.set()
    for thread in load.threads:
        thread.join(60)
    server = rehearsal.standby
    with psycopg.connect(server.url()) as session:
        rows = session.execute("SELECT payee, count(*) FROM treasury_voucher WHERE payee ~ '^Latihan ' GROUP BY payee")
        stored = dict(rows.fetchall())
    lost = [payee for payee in load.confirmed if stored.get(payee) != 1]
    again = min((at for _sum, at in load.confirmed.values() if at > promoted), default=None)
    checks = rehearsal.manage("check_books", server=server).splitlines()[-1]
    say("what was seen:")
    print(f"  confirmed before the accident      {before}")
    print(f"  confirmed in all                   {len(load.confirmed)}")
    print(f"  lost or booked twice               {len(lost)}")
    print(f"  reports read                       {load.reads}")
    print(f"  reports older than what was known  {len(load.stale)}")
    print(f"  standby promoted, pooler led to it {promoted - killed:.1f} s after the kill")
    print(f"  first voucher confirmed again      {again and round(again - killed, 1)} s after the kill")
    print(f"  {checks}")
    for problem in [*lost, *load.stale, *load.failures]:
        print(f"  ! {problem}")
    return 1 if lost or load.stale or load.failures or not again else 0


if __name__ == "__main__":
    sys.exit(main())
