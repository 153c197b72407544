"""The two commands: what run.py installs, refuses and says, and what its lock files hold."""

import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run
from scripts import install, serve
from scripts.visit import Form

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


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("Caused by: dns error: failed to lookup address", "Is there a network"),
        ("NewConnectionError: Failed to establish a new connection", "Is there a network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES from the file", "not the one in the lock"),
        ("notes\nerror: No space left on device\n", "No space left on device"),
    ],
)
def test_a_failed_install_says_why_in_one_line(output, words):
    script = f"import sys; sys.stderr.write({output!r}); sys.exit(1)"
    with pytest.raises(install.Problem, match=words) as problem:
        install.run_installer(sys.executable, "-c", script)
    assert "\n" not in str(problem.value)


# Starting


def test_an_old_python_is_refused_in_words(capsys, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert run.run([]) == 1
    assert (
        capsys.readouterr().out == "Coordinator needs Python 3.11 or newer; this is Python 3.10.\n"
    )


def test_run_py_can_be_read_by_the_pythons_that_it_refuses():
    compile_as_old = "import ast, sys; ast.parse(open('run.py').read(), feature_version=(3, 7))"
    subprocess.run([sys.executable, "-c", compile_as_old], cwd=ROOT, check=True)


def test_windows_is_pointed_to_wsl():
    assert "WSL" in run.complaint((3, 12), "win32")
    assert not run.complaint((3, 11), "linux")


def test_a_taken_port_names_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(install.Problem, match=f"Port {port} is taken.* --port {port + 1}"):
            serve.listen("127.0.0.1", port)


def test_a_port_that_cannot_be_is_refused_in_words():
    with pytest.raises(install.Problem, match="There is no port 99999"):
        serve.listen("127.0.0.1", 99999)


@pytest.mark.parametrize("secret", ["DATABASE_URL", "SECRET_KEY"])
def test_a_real_installation_is_never_taken_for_the_demo(secret):
    assert serve.is_demo(serve.surroundings({}))
    assert not serve.is_demo(serve.surroundings({secret: "something"}))
    assert not serve.is_demo(serve.surroundings({"COORDINATOR_DEMO": "0"}))


def test_production_without_its_secrets_does_not_start(tmp_path):
    url = f"sqlite:///{tmp_path / 'real.sqlite3'}"
    with pytest.raises(install.Problem, match="Set SECRET_KEY"):
        serve.check_settings(serve.surroundings({"DATABASE_URL": url}))


def test_the_demo_does_not_listen_to_other_computers(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "COORDINATOR_DEMO"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(install.Problem, match="this computer only"):
        serve.serve("0.0.0.0", 0)  # noqa: S104 the very thing that is refused


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(install.Problem, match=f"{blocked}.*cannot be written"):
        serve.check_settings(serve.surroundings({"COORDINATOR_INSTANCE": str(blocked / "in")}))


def stand_in(monkeypatch, answers):
    """Let each of the tool's commands end with a code and some words."""

    def flask(*words):
        code, text = answers[words[0]]
        script = f"import sys; sys.stderr.write({text!r}); sys.exit({code})"
        return [sys.executable, "-c", script]

    monkeypatch.setattr(serve, "flask", flask)


def test_a_database_of_another_version_says_so(monkeypatch):
    sentence = "This database is of a newer version; use the newer Coordinator."
    stand_in(
        monkeypatch,
        {
            "db": (1, "Traceback ...\nalembic.util.CommandError: no"),
            "check-database": (3, sentence),
        },
    )
    with pytest.raises(install.Problem) as problem:
        serve.prepare(serve.surroundings({}))
    assert str(problem.value) == sentence


def test_a_failed_migration_gives_its_reason_and_how_to_see_more(monkeypatch):
    error = "Traceback ...\nsqlalchemy.exc.OperationalError: no such host\n(Background: ...)"
    stand_in(monkeypatch, {"db": (1, error), "check-database": (1, "")})
    with pytest.raises(install.Problem) as problem:
        serve.prepare(serve.surroundings({}))
    assert str(problem.value).splitlines() == [
        "`flask db upgrade` failed: no such host",
        "To see all of it: python3 run.py flask db upgrade",
    ]


def test_a_real_installation_never_loads_the_demo(monkeypatch):
    stand_in(monkeypatch, {"db": (0, "")})  # asking for the demo would be a KeyError
    serve.prepare(serve.surroundings({"DATABASE_URL": "postgresql:///real"}))


def test_a_web_server_that_ends_at_once_is_noticed():
    web = subprocess.Popen([sys.executable, "-c", ""])
    web.wait()
    with pytest.raises(install.Problem, match="did not start"):
        serve.wait_for(web, "http://127.0.0.1:9/")


def test_stopping_kills_what_will_not_end(monkeypatch):
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.2)
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        serve.stop(process)
        assert process.returncode == -9


def test_a_second_run_py_waits_for_the_first(capsys):
    with install.alone():
        script = "from scripts import install\nwith install.alone(): pass"
        second = subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert "waiting for it" in second.stdout.readline()
        assert second.poll() is None
    second.communicate(timeout=10)
    assert second.returncode == 0


def test_the_check_fills_in_the_form_that_asks_for_an_email_address():
    form = Form(
        '<form action="/search"><input name="q"></form>'
        '<form action="/sign-in"><input type="hidden" name="csrf_token" value="abc">'
        '<input name="email" value=""><input name="password"></form>'
        '<form action="/other"><button name="b"></button></form>'
    )
    assert form.action == "/sign-in"
    assert form.fields == {"csrf_token": "abc", "email": "", "password": ""}
