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


def main(spec: Path) -> int:
    """Generate, install, migrate, seed and serve; the exit status is the server's."""
    port = os.environ.get("PORT", "8000")
    refuse_taken(int(port))
    project = generate(spec)
    environment = {**os.environ, "PORT": port, "VENV": str(BUILD / ".venv")}
    make = ["make", "--no-print-directory", "-C", str(project)]
    subprocess.run([*make, "migrate"], env=environment, check=True)
    password = secrets.token_urlsafe(12)
    python = str(BUILD / ".venv" / "bin" / "python")
    create_admin(project, python, password)
    seed = [python, str(ROOT / "scripts" / "seed_sample.py"), ACCOUNT]
    subprocess.run(seed, cwd=project, env=environment, check=True)
    print(welcome(project, port, password), flush=True)
    return subprocess.run(
        [*make, "run"], env={**environment, "LOG_FORMAT": "console"}, check=False
    ).returncode


def refuse_taken(port: int) -> None:
    """Say so before anything is done, where another process serves on the port."""
    with socket.socket() as probe:
        if probe.connect_ex((ADDRESS, port)) == 0:
            sys.exit(f"Port {port} is taken: make run PORT={port + 1}")


def generate(spec: Path) -> Path:
    """The project of a spec, made anew below `build/`."""
    project = BUILD / read(spec.read_bytes(), str(spec)).service.name
    shutil.rmtree(project, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    status = scaffold(["new", str(spec), str(project), "--no-git"])
    if status:
        sys.exit(status)
    return project


def create_admin(project: Path, python: str, password: str) -> None:
    """The account that the page of welcome names."""
    command = [python, "-m", "app", "create-admin", ACCOUNT, "--password-stdin"]
    subprocess.run(command, cwd=project, input=password, text=True, check=True)


def welcome(project: Path, port: str, password: str) -> str:
    """Where everything is, and a request to begin with."""
    url = f"http://{ADDRESS}:{port}"
    return f"""
The service is in {project.relative_to(ROOT)} and runs at

    {url}/docs             try it in a browser
    {url}/openapi.json     its API, for programs
    {url}/health/ready     whether it is well

Sign in as {ACCOUNT} with the password {password}

    curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \\
        -d '{{"email": "{ACCOUNT}", "password": "{password}"}}'

Ctrl-C stops it.
"""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
