"""The two commands: what run.py refuses, serves and says."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run
from scripts import install, serve
from scripts.visit import Form

ROOT = Path(__file__).parent.parent


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
    real = {"SECRET_KEY": "x" * 32, "BASE_URL": "https://c.example", "MAIL_URL": "folder:/m"}
    with pytest.raises(install.Problem, match="Set SEAL_KEY"):
        serve.check_settings(serve.surroundings(real | {"DATABASE_URL": url, "SEAL_KEY": "short"}))


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
