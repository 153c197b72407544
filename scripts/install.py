"""Installing Coordinator into .venv from its hashed lock, with uv if it is there, else with pip."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
MARK = VENV / "coordinator-lock"
UNFINISHED = "unfinished"
LOCKS = {"run": ("run.txt",), "test": ("test.txt", "run.txt")}  # the first holds all the others
# As pip and uv say that they are offline, or that something on the way stops them.
NO_NETWORK = (
    r"ConnectionError|NewConnection|name resolution|dns error|Failed to fetch|timed out"
    r"|peer certificate|Network connectivity is disabled"
)


class Problem(Exception):
    """Something that a person can put right.  Its text is all that is shown of it."""


class UnreachableError(Problem):
    """The packages cannot be fetched."""

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("The packages cannot be fetched. Is there a network? Then try again.")


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let a second run.py wait while this one installs or migrates.  This file is the lock."""
    with Path(__file__).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run.py is getting things ready; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(name: str) -> None:
    """Bring .venv to the lock `name` ("run" or "test").  A warm start installs nothing.

    The mark says UNFINISHED from before the first change until after the last, so that an
    install that was cut short starts afresh next time.  Raises `Problem`.
    """
    lock = LOCKS[name][0]
    sound = works(PYTHON, "-c", "import gunicorn")
    if sound and digest(lock) in mark().split():
        return
    afresh = not sound or mark() == UNFINISHED
    uv = find_uv()
    say(f"Installing into .venv with {'uv' if uv else 'pip'}; the first time takes a while.")
    try:
        fill(lock, uv, afresh=afresh)
    except UnreachableError:
        if not uv:
            raise
        # Each has its own settings for proxies, mirrors and certificates.
        say("uv cannot fetch the packages here, so pip tries.")
        fill(lock, None, afresh=True)
    MARK.write_text("\n".join(map(digest, LOCKS[name])))


def fill(lock: str, uv: str | None, *, afresh: bool) -> None:
    """Install a lock with uv, or with pip where there is none.  Raises `Problem`."""
    if not uv:
        check_venv_module()
    if afresh:
        fresh = [uv, "venv", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        run_installer(*fresh, "--clear", str(VENV))
    MARK.write_text(UNFINISHED)
    tool = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
    run_installer(*tool, "--quiet", "--require-hashes", "-r", f"requirements/{lock}")


def works(*command: str) -> bool:
    """Tell whether a command can be started and ends well.  Its output is thrown away."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def digest(lock: str) -> str:
    """Return the fingerprint by which an installed lock file is remembered."""
    return hashlib.sha256((ROOT / "requirements" / lock).read_bytes()).hexdigest()


def mark() -> str:
    """Return what .venv remembers of its last install: fingerprints, UNFINISHED or nothing."""
    return MARK.read_text() if MARK.exists() else ""


def find_uv() -> str | None:
    """Return the path of uv, or None.  A shim that points nowhere does not count."""
    uv = shutil.which("uv")
    return uv if uv and works(uv, "--version") else None


def check_venv_module() -> None:
    """Raise `Problem` when this Python cannot make a virtual environment with pip in it."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Problem(
            "This Python lacks its venv module. On Debian or Ubuntu: apt install python3-venv."
            " Then run the same command again."
        )


def run_installer(*command: str) -> None:
    """Run one step of the install.  Raises `Problem` with a sentence in place of its output."""
    environ = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    words = done.stderr + done.stdout
    if re.search(r"(?i)hash mismatch|do not match the hashes", words):
        raise Problem(
            "A package that was fetched is not the one in the lock; it was not installed."
        )
    if re.search(NO_NETWORK, words):
        raise UnreachableError
    raise Problem(f"Installing failed: {reason(words)}")


def reason(output: str) -> str:
    """Return the line of a program's output that says best why it failed, without its type."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    named = [re.match(r"(?i)(?:[\w.]*error|[\w.]+exception): (.+)", line) for line in lines]
    found = [match[1] for match in named if match]
    return (found or lines or ["it gave no reason."])[-1]
