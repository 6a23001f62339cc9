"""Database servers of our own, which may be stopped: `python -m generated.cluster make test`."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.spec.model import Engine

Software = Engine | Literal["redis", "memcached", "rabbitmq", "nats", "streams"]
"""What a server can be of."""
REQUIRED_VARIABLE = "SCAFFOLD_REQUIRE_ENGINES"
"""What has to be there, as `postgresql,mariadb,redis`: without one, tests fail."""
START_SECONDS = 30
END_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of server: where its programs are, and how it is made and run in a folder.

    `make` and `run` answer with a command; what `{port}` means in a URL is known once it runs.
    """

    folders: tuple[str, ...]
    programs: tuple[str, ...]
    users: tuple[str, ...]
    """Who it may run as where we are root, which it may refuse to be."""
    make: Callable[[Path, Path], list[str]]
    run: Callable[[Path, Path, int], list[str]]
    is_ready: Callable[[Path, int], list[str]]
    url: str
    end: signal.Signals
    """What ends it at once, and tells nobody."""
    shut: signal.Signals
    """What ends it in good order, and cuts whoever is connected."""
    beside: Callable[[Path], list[str]] | None = None
    """What runs in the same folder for all of its life, stopped or not."""


def _initdb(binaries: Path, folder: Path) -> list[str]:
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"]
    return [str(binaries / "initdb"), f"--pgdata={folder / 'data'}", *options]


def _postgres(binaries: Path, folder: Path, port: int) -> list[str]:
    listen = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
    # A commit is handed to the machine, which will not crash half-way through a test.
    fast = ["-c", "fsync=off", "-c", "full_page_writes=off"]
    return [str(binaries / "postgres"), "-D", str(folder / "data"), *listen, *fast]


def _pg_isready(binaries: Path, port: int) -> list[str]:
    return [str(binaries / "pg_isready"), "--quiet", "-h", "127.0.0.1", "-p", str(port)]


def _install_db(binaries: Path, folder: Path) -> list[str]:
    options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
    program = str(binaries / "mariadb-install-db")
    return [program, "--no-defaults", f"--datadir={folder / 'data'}", *options]


def _mariadbd(binaries: Path, folder: Path, port: int) -> list[str]:
    program = binaries.parent / "sbin" / "mariadbd"
    return [
        str(program if program.exists() else binaries / "mariadbd"),
        "--no-defaults",
        f"--datadir={folder / 'data'}",
        f"--socket={folder / 'socket'}",
        f"--pid-file={folder / 'pid'}",
        f"--port={port}",
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--max-connections=300",
        # A commit is handed to the machine, which will not crash half-way through a test.
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-doublewrite=0",
    ]


def _admin_ping(binaries: Path, port: int) -> list[str]:
    ping = ["--no-defaults", "--silent", "-h", "127.0.0.1", "-P", str(port), "-u", "root", "ping"]
    return [str(binaries / "mariadb-admin"), *ping]


def _no_files(_binaries: Path, _folder: Path) -> list[str]:
    return ["true"]


def _redis(binaries: Path, folder: Path, port: int) -> list[str]:
    listen = ["--bind", "127.0.0.1", "--port", str(port)]
    keep_nothing = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    return [str(binaries / "redis-server"), *listen, *keep_nothing]


def _streams(binaries: Path, folder: Path, port: int) -> list[str]:
    keep_all = ["--appendonly", "yes", "--appendfsync", "always"]
    return [*_redis(binaries, folder, port), *keep_all]


def _redis_ping(binaries: Path, port: int) -> list[str]:
    return [str(binaries / "redis-cli"), "-h", "127.0.0.1", "-p", str(port), "ping"]


def _nats(binaries: Path, folder: Path, port: int) -> list[str]:
    listen = ["--addr", "127.0.0.1", "--port", str(port)]
    keep = ["--jetstream", "--store_dir", str(folder / "data")]
    return [str(binaries / "nats-server"), *listen, *keep]


def _memcached(binaries: Path, _folder: Path, port: int) -> list[str]:
    return [str(binaries / "memcached"), f"--port={port}", "--listen=127.0.0.1", "--user=nobody"]


def _epmd(folder: Path) -> list[str]:
    port = str(free_port())
    (folder / "names").write_text(port)
    return ["epmd", "-address", "127.0.0.1", "-port", port]


def _rabbitmq(binaries: Path, folder: Path, port: int) -> list[str]:
    settings = {
        "HOME": str(folder),
        "ERL_EPMD_PORT": (folder / "names").read_text(),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_ENABLED_PLUGINS": "",
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_NODENAME": f"scaffold-{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        # Without a shell around it, so that a signal reaches the server itself.
        "RUNNING_UNDER_SYSTEMD": "1",
    }
    given = [f"{name}={value}" for name, value in settings.items()]
    return ["env", *given, str(binaries / "rabbitmq-server")]


def _listens(_binaries: Path, port: int) -> list[str]:
    program = f"import socket; socket.create_connection(('127.0.0.1', {port}), 1).close()"
    return [sys.executable, "-c", program]


KINDS: dict[Software, Kind] = {
    "postgresql": Kind(
        folders=(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/opt/homebrew/opt/postgresql*/bin",
        ),
        programs=("initdb", "postgres"),
        users=("postgres", "nobody"),
        make=_initdb,
        run=_postgres,
        is_ready=_pg_isready,
        url="postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres",
        end=signal.SIGQUIT,
        shut=signal.SIGINT,
    ),
    "mariadb": Kind(
        folders=("/usr/bin", "/usr/local/bin", "/opt/homebrew/opt/mariadb*/bin"),
        programs=("mariadb-install-db", "mariadb-admin"),
        users=("mysql", "nobody"),
        make=_install_db,
        run=_mariadbd,
        is_ready=_admin_ping,
        url="mariadb+asyncmy://root@127.0.0.1:{port}/mysql",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
    ),
    "redis": Kind(
        folders=("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
        programs=("redis-server", "redis-cli"),
        users=("redis", "nobody"),
        make=_no_files,
        run=_redis,
        is_ready=_redis_ping,
        url="redis://127.0.0.1:{port}/0",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
    ),
    "streams": Kind(
        folders=("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
        programs=("redis-server", "redis-cli"),
        users=("redis", "nobody"),
        make=_no_files,
        run=_streams,
        is_ready=_redis_ping,
        url="redis://127.0.0.1:{port}/0",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
    ),
    "nats": Kind(
        folders=("/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"),
        programs=("nats-server",),
        users=("nats", "nobody"),
        make=_no_files,
        run=_nats,
        is_ready=_listens,
        url="nats://127.0.0.1:{port}",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
    ),
    "memcached": Kind(
        folders=("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
        programs=("memcached",),
        users=("memcache", "nobody"),
        make=_no_files,
        run=_memcached,
        is_ready=_listens,
        url="memcached://127.0.0.1:{port}",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
    ),
    "rabbitmq": Kind(
        folders=("/usr/lib/rabbitmq/bin", "/opt/homebrew/opt/rabbitmq/sbin"),
        # Of Debian's two programs of that name, the one that isn't for whoever sits at a terminal.
        programs=("rabbitmq-server", "rabbitmq-defaults"),
        users=("rabbitmq", "nobody"),
        make=_no_files,
        run=_rabbitmq,
        is_ready=_listens,
        url="amqp://guest:guest@127.0.0.1:{port}/",
        end=signal.SIGKILL,
        shut=signal.SIGTERM,
        beside=_epmd,
    ),
}


@dataclass(slots=True)
class Cluster:
    """A server in a folder, on one port for all of its life."""

    kind: Kind
    folder: Path
    user: str | None
    port: int
    process: subprocess.Popen[bytes] | None = None
    """None while it is stopped."""
    beside: subprocess.Popen[bytes] | None = None
    """What its kind has running beside it."""

    @property
    def url(self) -> str:
        """Where it is, or will be."""
        return self.kind.url.format(port=self.port)

    def make(self) -> None:
        """Write the files that it lives in."""
        command = self.kind.make(find_binaries(self.kind), self.folder)
        subprocess.run(command, user=self.user, cwd=self.folder, capture_output=True, check=True)
        if self.kind.beside is not None:
            self.beside = subprocess.Popen(self.kind.beside(self.folder), user=self.user)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        binaries = find_binaries(self.kind)
        command = self.kind.run(binaries, self.folder, self.port)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, user=self.user, cwd=self.folder, stdout=log, stderr=log
            )
        is_ready = self.kind.is_ready(binaries, self.port)
        wait_until(lambda: succeeds(is_ready), START_SECONDS)

    def stop(self) -> None:
        """Stop it in good order, which cuts whoever is connected."""
        self._end(self.kind.shut)

    def crash(self) -> None:
        """End it at once, frozen or not; what was committed is there when it starts again."""
        self.thaw()
        self._end(self.kind.end)

    def leave(self) -> None:
        """End all that runs."""
        self.crash()
        if self.beside is not None:
            self.beside.kill()
            self.beside.wait()

    def freeze(self) -> None:
        """Stop every process of it, the first one first: it can start no more."""
        self._tell(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let every process go on."""
        self._tell(signal.SIGCONT)

    def _tell(self, what: signal.Signals) -> None:
        if self.process is not None:
            tell([self.process.pid], what)
            tell(children(self.process.pid), what)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@contextmanager
def cluster(engine: Software) -> Iterator[Cluster]:
    """A new server, gone at the end. Raises `FileNotFoundError` without the engine's programs."""
    kind = KINDS[engine]
    find_binaries(kind)
    folder = Path(tempfile.mkdtemp(prefix="scaffold-cluster-"))
    made = Cluster(kind, folder, ordinary_user(kind, folder), free_port())
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.leave()
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries(kind: Kind) -> Path:
    """Where the programs are, the newest of them."""
    found = [path for pattern in kind.folders for path in Path("/").glob(pattern[1:])]
    on_path = shutil.which(kind.programs[0])
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for folder in sorted(found, reverse=True):
        if all((folder / program).exists() for program in kind.programs):
            return folder
    raise FileNotFoundError(f"{' and '.join(kind.programs)} are not on this machine")


def ordinary_user(kind: Kind, folder: Path) -> str | None:
    """Who the server runs as, and whose the folder is; None where we are ordinary ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = next(name for name in kind.users if name in names)
    shutil.chown(folder, name)
    return name


def succeeds(command: list[str]) -> bool:
    """Whether a command does, in silence."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def tell(pids: list[int], what: signal.Signals) -> None:
    """Send a signal to each that is still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, parent_pid in pairs if int(parent_pid) == parent]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    """Ask until it holds. Raises `TimeoutError` when that takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"still not so after {seconds} s")
        time.sleep(0.05)


def url_variable(engine: Software) -> str:
    """The variable of the environment that names a server for the tests."""
    return f"SCAFFOLD_{engine.upper()}_URL"


def is_required(engine: Software) -> bool:
    """Whether the tests fail without the engine."""
    return engine in os.environ.get(REQUIRED_VARIABLE, "").split(",")


def main() -> int:
    """Run a command that finds a server of each kind in the environment, as far as there are."""
    with ExitStack() as stack:
        environment = dict(os.environ)
        for engine in KINDS:
            try:
                environment[url_variable(engine)] = stack.enter_context(cluster(engine)).url
            except FileNotFoundError as error:
                if is_required(engine):
                    print(f"{engine} is required: {error}", file=sys.stderr)
                    return 1
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
