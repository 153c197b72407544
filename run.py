"""Run Coordinator, test it, measure it: needs nothing but Python 3.11 or newer.

python3 run.py [--port N]   install what is missing, prepare the database, serve
python3 run.py --check      prove on a throw-away database that the tool works
python3 run.py test ...     run the tests; further words go to pytest
python3 run.py faults ...   seed faults into a copy, and see that the tests find each
python3 run.py bench ...    run the benchmarks
python3 run.py flask ...    run a command of the tool; `flask --help` lists them

With neither DATABASE_URL nor SECRET_KEY in the environment this is the demo: invented people,
for this computer only. With either of them it is a real installation, described by config.py.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time

# Each file goes to one of two workers as a whole, in the order of tests/conftest.py.
SHARED_OUT = ("-n2", "--dist=loadfile", "--no-loadscope-reorder")


def complaint(version: tuple[int, ...], platform: str) -> str:
    """Return why this Python or this system cannot run Coordinator at all, or nothing."""
    if version < (3, 11):
        have = ".".join(str(part) for part in version[:2])
        return f"Coordinator needs Python 3.11 or newer; this is Python {have}."
    if platform == "win32":
        return "Coordinator runs on Linux and macOS. On Windows, run it inside WSL."
    return ""


def main(words: list[str], began: float) -> int:
    """Do what the command line asks for and return the exit code.  Raises `Problem`."""
    from scripts.install import PYTHON, ROOT, alone, install
    from scripts.serve import check, check_settings, flask, serve, surroundings

    if words[:1] in (["test"], ["faults"], ["bench"], ["flask"]):
        with alone():
            install("run" if words[0] == "flask" else "test")
        environ = dict(os.environ)
        if words[0] == "test":
            # Many short processes: what one has compiled, the next one need not.
            environ.pop("PYTHONDONTWRITEBYTECODE", None)
            command = [PYTHON, "-m", "pytest", *SHARED_OUT, *words[1:]]
        elif words[0] == "faults":
            command = [PYTHON, "tests/faults.py", *words[1:]]
        elif words[0] == "bench":
            command = [PYTHON, "-m", "benchmarks", *words[1:]]
        else:
            command, environ = flask(*words[1:]), surroundings(environ)
            check_settings(environ)
        os.chdir(ROOT)
        os.execve(PYTHON, command, environ)  # the command now owns the terminal and the exit code

    parser = argparse.ArgumentParser(
        "run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=5000, help="5000 unless given")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen; not for the demo")
    parser.add_argument("--check", action="store_true", help="prove that the tool works, then end")
    asked = parser.parse_args(words)
    with alone():
        install("run")
    return check(began) if asked.check else serve(asked.host, asked.port)


def run(words: list[str]) -> int:
    """Run `main` and turn whatever a person can put right into one line and exit code 1."""
    began = time.monotonic()
    trouble = complaint(sys.version_info[:2], sys.platform)
    if trouble:
        print(trouble)
        return 1
    from scripts.install import Problem

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return main(words, began)
    except Problem as problem:
        print(problem, flush=True)
    except KeyboardInterrupt:
        print("Stopped before it was ready. The next start carries on from here.", flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
