"""Makes a project from a sample spec below `build/`, fills in a few rows, and serves it.

Run by `make run`. Everything is made anew each time: `build/` is for looking at, not for keeping.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from generator.errors import ScaffoldError
from generator.pipeline import new, read
from generator.spec.model import Spec

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
ACCOUNT = "demo@example.com"
ADDRESS = "127.0.0.1"
PORTS = 2**16
SIGN_IN = """
Sign in as {account} with the password {password}

    curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \\
        -d '{{"email": "{account}", "password": "{password}"}}'
"""


def main(spec: Path) -> NoReturn:
    """Generate, install, migrate, seed and serve."""
    port = free_port(os.environ.get("PORT", "8000"))
    found = described(spec)
    project = generate(spec, BUILD / found.service.name)
    environment = {**os.environ, "PORT": port, "VENV": str(BUILD / ".venv")}
    make = ["make", "--silent", "--no-print-directory", "-C", str(project)]
    print(f"Made {project.relative_to(ROOT)}; installing what it needs.", flush=True)
    subprocess.run([*make, "migrate"], env=environment, check=True)
    password = secrets.token_urlsafe(12)
    account = [ACCOUNT] if found.auth else []
    seed = [str(BUILD / ".venv" / "bin" / "python"), str(ROOT / "scripts" / "seed_sample.py")]
    subprocess.run(
        [*seed, *account], cwd=project, env=environment, input=password, text=True, check=True
    )
    sign_in = SIGN_IN.format(account=ACCOUNT, password=password, url=address(port))
    print(welcome(project, port, sign_in if account else ""), flush=True)
    os.chdir(project)
    os.execve(seed[0], [seed[0], "-m", "app", "serve"], environment)  # signals reach the server


def free_port(text: str) -> str:
    """The port, after a word before anything is done where it can't be had."""
    if not (text.isdecimal() and 0 < int(text) < PORTS):
        sys.exit(f"PORT={text} is no port: make run PORT=8001")
    with socket.socket() as probe:
        if probe.connect_ex((ADDRESS, int(text))) == 0:
            sys.exit(f"Port {text} is taken: make run PORT={int(text) + 1}")
    return text


def described(spec: Path) -> Spec:
    """What the spec says, or a word on why it can't be served here."""
    try:
        found = read(spec.read_bytes(), str(spec))
    except (OSError, ScaffoldError) as error:
        sys.exit(str(error))
    if found.database != "sqlite" and "DATABASE_URL" not in os.environ:
        sys.exit(
            f"{spec} asks for {found.database}: set DATABASE_URL to an empty database of that "
            "engine, or say `database: sqlite`."
        )
    return found


def generate(spec: Path, project: Path) -> Path:
    """The project of a spec, made anew."""
    shutil.rmtree(project, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    new(str(spec), project, with_git=False)
    return project


def address(port: str) -> str:
    """Where the service is."""
    return f"http://{ADDRESS}:{port}"


def welcome(project: Path, port: str, sign_in: str) -> str:
    """Where everything is, and how to sign in where that is asked for."""
    url = address(port)
    return f"""
The service is in {project.relative_to(ROOT)} and runs at

    {url}/docs             try it in a browser
    {url}/openapi.json     its API, for programs
    {url}/health/ready     whether it is well
{sign_in}
Ctrl-C stops it.
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
