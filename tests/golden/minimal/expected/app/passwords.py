"""Passwords: hashed with Argon2id, off the event loop, and never more than a few at a time."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec, TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from app.errors import OverloadedError
from app.settings import Settings

P = ParamSpec("P")
ResultT = TypeVar("ResultT")


class Verdict(NamedTuple):
    """Whether a password is the right one, and the hash that should replace the stored one."""

    matches: bool
    new_hash: str | None
    """Set where the stored hash was made at another cost than new ones are."""


class Hasher:
    """Hashes at the cost that the settings ask for, in a few threads of its own."""

    def __init__(self, settings: Settings) -> None:
        memory, passes = settings.password_memory_kib, settings.password_passes
        lanes = settings.password_lanes
        self._argon2 = PasswordHash((Argon2Hasher(passes, memory, lanes),))
        self._threads = ThreadPoolExecutor(settings.password_threads, "passwords")
        self._pending = 0
        self._most = settings.password_threads + settings.password_queue
        self._most_new = settings.password_threads + settings.password_queue // 2
        self._nobodys = f"$argon2id$v=19$m={memory},t={passes},p={lanes}${noise(16)}${noise(32)}"

    async def hash(self, password: str) -> str:
        with self._place(self._most_new):
            return await self._aside(self.hash_at_once, password)

    def hash_at_once(self, password: str) -> str:
        return self._argon2.hash(password)

    async def verify(self, password: str, stored: str | None) -> Verdict:
        stored = stored or self._nobodys
        with self._place(self._most):
            return Verdict(*await self._aside(self._argon2.verify_and_update, password, stored))

    @contextmanager
    def _place(self, most: int) -> Generator[None]:
        """A place in the queue. Raises `OverloadedError` where so many have one already.

        New passwords get fewer than there are: whoever signs in finds one though many are written.
        """
        if self._pending >= most:
            raise OverloadedError
        self._pending += 1
        try:
            yield
        finally:
            self._pending -= 1

    async def _aside(
        self, work: Callable[P, ResultT], *args: P.args, **kwargs: P.kwargs
    ) -> ResultT:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))


def noise(size: int) -> str:
    """So many random bytes, as Argon2 writes them: base64 without padding."""
    return b64encode(secrets.token_bytes(size)).decode().rstrip("=")


_hasher: Hasher


def configure(settings: Settings) -> None:
    """Hash as these settings say from now on, everywhere in this process."""
    global _hasher
    _hasher = Hasher(settings)


async def hash_password(password: SecretStr | str) -> str:
    """The hash to store for a password. Raises `OverloadedError` where too many wait for theirs."""
    return await _hasher.hash(plain(password))


def hash_at_once(password: str) -> str:
    """The hash to store for a password, for a command that nothing else waits beside."""
    return _hasher.hash_at_once(password)


async def verify_password(password: SecretStr | str, stored: str | None) -> Verdict:
    """Whether the password is the one that was hashed.

    Without a stored hash it takes as long and says no: nobody can tell from the time that an answer
    takes whether there is one. Raises `OverloadedError` where too many wait for their turn.
    """
    return await _hasher.verify(plain(password), stored)


def plain(password: SecretStr | str) -> str:
    """The text of a password."""
    return password.get_secret_value() if isinstance(password, SecretStr) else password
