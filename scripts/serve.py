"""Serving Coordinator: its settings, its database, its web server and its mail worker."""

import errno
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

from scripts.install import PYTHON, ROOT, Problem, alone, reason, say
from scripts.visit import NO_PROXY, visit

EMAIL, PASSWORD = "amira@northside.example", "demo-coordinator"
LAST_PORT = 65535
LOOPBACK = ("127.0.0.1", "::1", "localhost")
OTHER_VERSION = 3  # how `flask check-database` ends for a database of another version
START_SECONDS, STOP_SECONDS, PAUSE_SECONDS = 45, 15, 5

Process = subprocess.Popen[bytes]


def surroundings(given: dict[str, str], port: int = 5000) -> dict[str, str]:
    """Return the environment for the tool's processes, with the demo asked for where it is due."""
    environ = {**given, "PYTHONPATH": str(ROOT)}
    if not given.get("DATABASE_URL") and not given.get("SECRET_KEY"):
        environ.setdefault("COORDINATOR_DEMO", "1")
    if is_demo(environ):
        environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    return environ


def is_demo(environ: dict[str, str]) -> bool:
    """Tell whether this is the demo: invented people, known passwords, no second factor."""
    return environ.get("COORDINATOR_DEMO") == "1"


def check_settings(environ: dict[str, str]) -> None:
    """Raise `Problem` when config.py refuses the environment, or SQLite could not write."""
    from config import Config, ConfigError

    try:
        url = Config.from_environment(environ).database_url
        if url.startswith("sqlite:///"):
            folder = Path(url.removeprefix("sqlite:///")).parent
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
    except ConfigError as problem:
        raise Problem(str(problem)) from None
    except OSError as problem:
        raise Problem(f"The database's folder cannot be written: {problem}.") from None


def flask(*words: str) -> list[str]:
    """Return the command line of one of the tool's own commands."""
    return [PYTHON, "-m", "flask", "--app", "coordinator", *words]


def prepare(environ: dict[str, str]) -> None:
    """Migrate the database and, in the demo, fill it if it is empty.  Raises `Problem`."""

    def ask(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            flask(*words), cwd=ROOT, env=environ, capture_output=True, text=True, check=False
        )

    steps = [("db", "upgrade"), ("demo", "load")]
    for words in steps if is_demo(environ) else steps[:1]:
        done = ask(*words)
        if done.returncode == 0:
            continue
        version = ask("check-database")
        if version.returncode == OTHER_VERSION:
            raise Problem(reason(version.stdout + version.stderr))
        command = " ".join(("flask", *words))
        raise Problem(
            f"`{command}` failed: {reason(done.stdout + done.stderr)}"
            f"\nTo see all of it: python3 run.py {command}"
        )


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done.  Raises `Problem` when it cannot be had."""
    if port not in range(LAST_PORT + 1):
        raise Problem(f"There is no port {port}; the last one is {LAST_PORT}.")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            text = f"Port {port} is taken. Choose another: python3 run.py --port {port + 1}"
            raise Problem(text) from None
        raise Problem(f"Cannot listen on {host}, port {port}: {problem.strerror}.") from None


def start(command: list[str], environ: dict[str, str], log: IO[str] | None, *files: int) -> Process:
    """Start a process out of reach of the terminal's Ctrl-C, so that `stop` can end it in order."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=files,
        start_new_session=True,
    )


def start_web(environ: dict[str, str], port: socket.socket, log: IO[str] | None = None) -> Process:
    """Start the web server on a socket that listens already, and leave the socket to it."""
    options = ["--log-level", "warning", "--bind", f"fd://{port.fileno()}"]
    with port:  # the rest is in gunicorn.conf.py
        command = [PYTHON, "-m", "gunicorn", *options, "coordinator:create_app()"]
        return start(command, environ, log, port.fileno())


def stop(*processes: Process) -> None:
    """Ask processes to end; kill those that have not ended after STOP_SECONDS."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(web: Process, address: str) -> None:
    """Return once the web server answers anything at all.  Raises `Problem` if it does not."""
    browser = urllib.request.build_opener(NO_PROXY)
    deadline = time.monotonic() + START_SECONDS
    while web.poll() is None and time.monotonic() < deadline:
        try:
            browser.open(address, timeout=START_SECONDS).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Problem("The web server did not start.")


def serve(host: str, port: int) -> int:
    """Serve until somebody stops it.  Returns the web server's exit code; raises `Problem`.

    The mail worker runs beside the web server and is started again whenever it ends.
    """
    environ = surroundings(dict(os.environ), port)
    if is_demo(environ) and host not in LOOPBACK:
        raise Problem("The demo's passwords are known, so it listens on this computer only.")
    check_settings(environ)
    listener = listen(host, port)
    with alone():
        prepare(environ)
    web, worker = start_web(environ, listener), start(flask("worker"), environ, None)
    try:
        wait_for(web, f"http://{host}:{port}/sign-in")
        say(f"Coordinator is at {environ['BASE_URL']} (Ctrl-C stops it).")
        if is_demo(environ):
            say(f"This is the demo: sign in as {EMAIL} with the password {PASSWORD}.")
        while web.poll() is None:
            time.sleep(1)
            if worker.poll() is not None:
                say(f"The mail worker ended with code {worker.returncode}; starting it again.")
                time.sleep(PAUSE_SECONDS)
                worker = start(flask("worker"), environ, None)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        stop(web, worker)
    return web.returncode


def check(began: float) -> int:
    """Prove on a fresh database, a free port and the real server that the tool works.

    began: when the command started, by the monotonic clock.  Returns 0 or raises `Problem`.
    """
    ours = ("COORDINATOR_", "DATABASE_URL", "SECRET_KEY", "SEAL_KEY", "BASE_URL", "MAIL_")
    given = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        environ = surroundings({**given, "COORDINATOR_INSTANCE": folder}, port)
        check_settings(environ)
        prepare(environ)
        web = start_web(environ, listener, log)
        try:
            wait_for(web, f"{address}/sign-in")
            visit(address, EMAIL, PASSWORD)
        except (Problem, OSError, ValueError) as problem:
            log.seek(0)
            raise Problem(f"{problem} The server's last words: {reason(log.read())}") from None
        finally:
            stop(web)
    seconds = time.monotonic() - began
    say(f"Coordinator works: signed in, opened a plan, {seconds:.1f} s")
    return 0
