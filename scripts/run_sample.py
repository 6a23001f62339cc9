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

from generator.cli import run as scaffold
from generator.pipeline import read

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
ACCOUNT = "demo@example.com"
ADDRESS = "127.0.0.1"
SIGN_IN = """
Sign in as {account} with the password {password}

    curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \\
        -d '{{"email": "{account}", "password": "{password}"}}'
"""


def main(spec: Path) -> int:
    """Generate, install, migrate, seed and serve; the exit status is the server's."""
    port = os.environ.get("PORT", "8000")
    refuse_taken(int(port))
    found = read(spec.read_bytes(), str(spec))
    project = generate(spec, BUILD / found.service.name)
    environment = {**os.environ, "PORT": port, "VENV": str(BUILD / ".venv")}
    make = ["make", "--no-print-directory", "-C", str(project)]
    subprocess.run([*make, "migrate"], env=environment, check=True)
    password = secrets.token_urlsafe(12)
    account = [ACCOUNT] if found.auth else []
    seed = [str(BUILD / ".venv" / "bin" / "python"), str(ROOT / "scripts" / "seed_sample.py")]
    subprocess.run(
        [*seed, *account], cwd=project, env=environment, input=password, text=True, check=True
    )
    sign_in = SIGN_IN.format(account=ACCOUNT, password=password, url=address(port))
    print(welcome(project, port, sign_in if account else ""), flush=True)
    return subprocess.run(
        [*make, "run"], env={**environment, "LOG_FORMAT": "console"}, check=False
    ).returncode


def refuse_taken(port: int) -> None:
    """Say so before anything is done, where another process serves on the port."""
    with socket.socket() as probe:
        if probe.connect_ex((ADDRESS, port)) == 0:
            sys.exit(f"Port {port} is taken: make run PORT={port + 1}")


def generate(spec: Path, project: Path) -> Path:
    """The project of a spec, made anew."""
    shutil.rmtree(project, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    status = scaffold(["new", str(spec), str(project), "--no-git"])
    if status:
        sys.exit(status)
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
    sys.exit(main(Path(sys.argv[1])))
