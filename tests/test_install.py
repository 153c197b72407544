"""What run.py installs from its lock files, what they hold, and what it says when that fails."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from scripts import install

ROOT = Path(__file__).parent.parent
LOCKS = ("run", "test")


def pinned(lock: str) -> dict[str, str]:
    """Return each requirement of a lock file by its name, with its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=<>\[; ]", entry)[0]: entry for entry in entries}


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An installation of its own: a .venv that works, and an installer that only takes notes."""
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "MARK", tmp_path / "coordinator-lock")
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    monkeypatch.setattr(install, "find_uv", lambda: "uv")
    steps = []
    monkeypatch.setattr(install, "run_installer", lambda *command: steps.append(command))
    return steps


# The lock


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_has_hashes(lock):
    requirements = pinned(lock)
    assert len(requirements) > 30
    for name, entry in requirements.items():
        assert re.match(rf"{re.escape(name)}==\d", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, name


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_the_place_that_packages_come_from(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    for line in text.splitlines():
        assert re.fullmatch(
            r"[a-z0-9.-]+==\S+( ; [^#/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        )
    assert "http" not in text


@pytest.mark.parametrize(("lock", "groups"), [("run", []), ("test", ["test"])])
def test_every_dependency_of_the_project_is_in_the_lock(lock, groups):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"]]
    for group in groups:
        wanted += project["optional-dependencies"][group]
    names = {re.split(r"[=<>\[;]", line)[0].strip() for line in wanted}
    assert names <= pinned(lock).keys()


def test_the_tests_run_on_the_versions_that_people_run():
    tested = pinned("test")
    for name, entry in pinned("run").items():
        assert entry.splitlines()[0].split(" ;")[0] == tested[name].splitlines()[0].split(" ;")[0]


# Installing


def test_a_warm_start_installs_nothing(venv):
    install.install("run")
    installed = len(venv)
    install.install("run")
    assert installed > 0
    assert len(venv) == installed


def test_installing_the_tests_also_installs_what_runs(venv):
    install.install("test")
    installed = len(venv)
    install.install("run")
    assert len(venv) == installed


def test_installing_what_runs_does_not_install_the_tests(venv):
    install.install("run")
    install.install("test")
    assert venv[-1][-1] == "requirements/test.txt"


def test_a_changed_lock_is_installed_at_the_next_start(venv):
    install.install("run")
    install.MARK.write_text("0" * 64)
    venv.clear()
    install.install("run")
    assert [step[-1] for step in venv] == ["requirements/run.txt"]


def test_an_install_cut_short_starts_afresh(venv, monkeypatch):
    def cut_short(*command):
        venv.append(command)
        if "-r" in command:
            raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr(install, "run_installer", cut_short)
        with pytest.raises(KeyboardInterrupt):
            install.install("run")
    venv.clear()
    install.install("run")
    assert "--clear" in venv[0]


def test_a_venv_whose_python_is_gone_starts_afresh(venv, monkeypatch):
    install.install("run")
    venv.clear()
    monkeypatch.setattr(install, "PYTHON", str(install.VENV / "gone"))
    install.install("run")
    assert "--clear" in venv[0]


def test_a_missing_venv_module_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(install.Problem, match="apt install python3-venv"):
        install.check_venv_module()


def test_pip_takes_over_where_uv_cannot_fetch(venv, monkeypatch, capsys):
    def cut_off(*command):
        venv.append(command)
        if command[0] == "uv" and "-r" in command:
            raise install.UnreachableError

    monkeypatch.setattr(install, "run_installer", cut_off)
    install.install("run")
    afresh, fetched = venv[-2:]
    assert afresh[1:3] == ("-m", "venv")
    assert "--clear" in afresh
    assert fetched[1:4] == ("-m", "pip", "install")
    assert fetched[-1] == "requirements/run.txt"
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "uv cannot fetch the packages here, so pip tries."
    assert install.mark() == install.digest("run.txt")


def test_where_pip_cannot_fetch_either_the_network_is_named(venv, monkeypatch):
    def cut_off(*command):
        venv.append(command)
        if "-r" in command:
            raise install.UnreachableError

    monkeypatch.setattr(install, "run_installer", cut_off)
    with pytest.raises(install.Problem, match="Is there a network"):
        install.install("run")
    assert [step[0] for step in venv if "-r" in step] == ["uv", sys.executable]


def test_pip_does_not_install_what_uv_found_not_to_be_in_the_lock(venv, monkeypatch):
    def swapped(*command):
        venv.append(command)
        if "-r" in command:
            raise install.Problem

    monkeypatch.setattr(install, "run_installer", swapped)
    with pytest.raises(install.Problem):
        install.install("run")
    assert len([step for step in venv if "-r" in step]) == 1


@pytest.mark.parametrize(
    "output",
    [
        "Caused by: dns error: failed to lookup address",
        "NewConnectionError: Failed to establish a new connection",
        "error: Failed to fetch: the index. Caused by: HTTP status client error (403 Forbidden)",
        "error: Request failed. Caused by: invalid peer certificate: UnknownIssuer",
        "Network connectivity is disabled, but the requested data was not found in the cache",
    ],
)
def test_an_installer_that_is_offline_or_blocked_cannot_fetch(output):
    script = f"import sys; sys.stderr.write({output!r}); sys.exit(1)"
    with pytest.raises(install.UnreachableError, match="Is there a network"):
        install.run_installer(sys.executable, "-c", script)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("THESE PACKAGES DO NOT MATCH THE HASHES from the file", "not the one in the lock"),
        ("notes\nerror: No space left on device\n", "No space left on device"),
    ],
)
def test_a_failed_install_says_why_in_one_line(output, words):
    script = f"import sys; sys.stderr.write({output!r}); sys.exit(1)"
    with pytest.raises(install.Problem, match=words) as problem:
        install.run_installer(sys.executable, "-c", script)
    assert "\n" not in str(problem.value)
