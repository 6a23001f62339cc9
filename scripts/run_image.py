"""Builds the image of a generated sample for real, starts it, and asks it a few things.

Run by `make image`, as root on Debian. Nothing of Docker is needed: buildah builds and runs in a
chroot, on a base that debootstrap makes of Debian's own Python, in place of `python:3.13-slim`.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from generator.cli import run as scaffold

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "image"
BASE = "localhost/python:3.13-slim"
SUITE = "trixie"
PACKAGES = "ca-certificates,python3,python3-pip,python3-venv,python-is-python3"
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
PORT = "8765"
USER = "10001"
STARTS_WITHIN = 30.0
"""Seconds until the service answers."""
STOPS_WITHIN = 5.0
"""Seconds from SIGTERM to the end of the process."""


def main(spec: Path) -> None:
    """Build the base once, the image each time, and try what it starts."""
    os.environ["BUILDAH_ISOLATION"] = "chroot"
    install("buildah", "debootstrap")
    base()
    project = BUILD / "project"
    shutil.rmtree(project, ignore_errors=True)
    if scaffold(["new", str(spec), str(project), "--no-git"]):
        sys.exit(1)
    image = f"localhost/{spec.stem}"
    buildah("build", "--pull-never", "--format", "docker", "--tag", image, str(project))
    configured(image)
    tried(image)
    say("The image builds, starts, answers and stops.")


def install(*commands: str) -> None:
    """Take from Debian what is missing."""
    if missing := [command for command in commands if shutil.which(command) is None]:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-qq", "-y", *missing], check=True)


def buildah(*words: str, read: bool = False) -> str:
    """Run buildah on a store of our own, and return what it printed where that is read."""
    done = subprocess.run(command(*words), check=True, text=True, stdout=-1 if read else None)
    return (done.stdout or "").strip()


def command(*words: str) -> list[str]:
    """The words of a command line of buildah."""
    store = ["--root", str(BUILD / "store"), "--runroot", str(BUILD / "run")]
    return ["buildah", *store, "--storage-driver", "vfs", *words]


def base() -> None:
    """Make an image of Debian's Python under the name that the Dockerfile says."""
    if BASE in buildah("images", "--format", "{{.Name}}:{{.Tag}}", read=True).splitlines():
        return
    folder = BUILD / "base"
    shutil.rmtree(folder, ignore_errors=True)
    options = ["--variant=minbase", f"--include={PACKAGES}"]
    subprocess.run(["debootstrap", *options, SUITE, str(folder)], check=True)
    shutil.copy(Path("/", CERTIFICATES), folder / CERTIFICATES)  # whom this machine trusts
    container = buildah("from", "scratch", read=True)
    buildah("copy", "--quiet", container, str(folder), "/")
    trusted = f"/{CERTIFICATES}"
    buildah(
        "config", "--env", f"PIP_CERT={trusted}", "--env", f"SSL_CERT_FILE={trusted}", container
    )
    buildah("commit", "--quiet", "--rm", container, BASE)


def configured(image: str) -> None:
    """Hold the image to what it should say of itself."""
    found: dict[str, Any] = json.loads(buildah("inspect", "--type", "image", image, read=True))
    config = found["Docker"]["config"]
    must(config["User"] == USER, f"it runs as {config['User']!r}")
    must(config["Healthcheck"]["Test"][0] == "CMD", "it has no health check")
    must(config["StopSignal"] == "SIGTERM", "it isn't told to stop")
    sizes = buildah("images", "--format", "{{.Name}} {{.Size}}", read=True)
    say(sizes)


def tried(image: str) -> None:
    """Migrate, serve, ask, run the health check, and stop."""
    container = buildah("from", "--pull-never", image, read=True)
    try:
        inside(container, "python", "-m", "alembic", "upgrade", "head")
        must(inside(container, "id", "-u", read=True) == USER, "it runs as somebody else")
        check = health_check(image)
        with served(container):
            must(answer("/health/ready") == HTTPStatus.OK, "it isn't ready")
            must(answer("/api/v1/books") == HTTPStatus.OK, "it doesn't serve what it is for")
            inside(container, *check)
        blind = subprocess.run(run(container, *check), check=False, capture_output=True)
        must(blind.returncode != 0, "a check finds well what has ended")
    finally:
        buildah("rm", container)


def health_check(image: str) -> list[str]:
    """The words of the image's own health check."""
    found: dict[str, Any] = json.loads(buildah("inspect", "--type", "image", image, read=True))
    return list(found["Docker"]["config"]["Healthcheck"]["Test"][1:])


def run(container: str, *words: str) -> list[str]:
    """The command line that runs words in a container, with the settings that production wants."""
    settings = {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": "sqlite+aiosqlite:////data/app.db",
        "PORT": PORT,
    }
    variables = [word for name, value in settings.items() for word in ("--env", f"{name}={value}")]
    return command("run", *variables, container, "--", *words)


def inside(container: str, *words: str, read: bool = False) -> str:
    """Run words in a container to their end."""
    done = subprocess.run(
        run(container, *words), check=True, text=True, stdout=-1 if read else None
    )
    return (done.stdout or "").strip()


@contextmanager
def served(container: str) -> Iterator[None]:
    """The service, from its first answer to SIGTERM."""
    with subprocess.Popen(run(container, "python", "-m", "app", "serve")) as process:
        try:
            started = time.monotonic()
            while answer("/health/live") != HTTPStatus.OK:
                must(time.monotonic() - started < STARTS_WITHIN, "it doesn't start")
                time.sleep(0.1)
            yield
        finally:
            stopped(process)


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Send SIGTERM, and see the service end in time."""
    service = ["pgrep", "-u", USER, "-f", "python -m app serve"]
    found = subprocess.run(service, check=False, text=True, stdout=subprocess.PIPE)
    for number in found.stdout.split():
        os.kill(int(number), signal.SIGTERM)
    process.wait(STOPS_WITHIN)


def answer(path: str) -> int:
    """The status of a GET, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=2) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def must(holds: bool, otherwise: str) -> None:
    """End the run with a word where something doesn't hold."""
    if not holds:
        sys.exit(f"error: {otherwise}")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


SECRET = secrets.token_urlsafe(32)

if __name__ == "__main__":
    main(Path(sys.argv[1]))
