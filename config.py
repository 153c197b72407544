"""Settings of one installation, from its environment.

A default stands here only if it is right in production and safe to publish.  The demo is the one
exception: it is asked for by name, listens on loopback alone and holds invented people.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


class ConfigError(Exception):
    """The environment does not describe an installation that may start; the text says why."""


@dataclass(frozen=True)
class Config:
    """One installation.

    database_url: SQLAlchemy URL; secret_key: signs the session cookie; seal_key: signs the trail's
    checkpoints, 32 bytes; checkpoints: the file to which they are appended; demo: invented people,
    no second factor; base_url: where people reach the tool, used in mail; mail_url:
    `smtp://user:password@host:port` (STARTTLS) or `folder:PATH`; mail_from: sender of the tool's
    mail; proxies: how many proxies of your own stand before the tool, whose word on the visitor's
    address is believed; replies_to: the address to which calendars send their answers;
    replies_folder: the maildir into which your mail server delivers them; replies_secret: the
    secret of the hook that takes them instead (docs/answers-by-mail.md); leads_page: the file in
    which the numbers to call lie.
    """

    database_url: str
    secret_key: str
    demo: bool
    base_url: str
    mail_url: str
    mail_from: str
    secure_cookies: bool
    proxies: int = 0
    replies_to: str = ""
    replies_folder: str = ""
    replies_secret: str = ""
    leads_page: str = ""
    seal_key: bytes = b""
    checkpoints: str = ""
    testing: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the environment.  Raises `ConfigError` with a sentence when a secret is missing."""
        env = os.environ if environ is None else environ
        demo = env.get("COORDINATOR_DEMO") == "1"
        instance = Path(env.get("COORDINATOR_INSTANCE", ROOT / "instance"))
        secret = env.get("SECRET_KEY") or (_kept_secret(instance, "demo-secret") if demo else "")
        if len(secret) < 32:
            msg = "Set SECRET_KEY to at least 32 random characters; nothing starts without it."
            raise ConfigError(msg)
        base_url = env.get("BASE_URL") or ("http://127.0.0.1:5000" if demo else "")
        if not base_url:
            msg = "Set BASE_URL to the address under which people reach Coordinator."
            raise ConfigError(msg)
        mail_url = env.get("MAIL_URL") or (f"folder:{instance / 'mail'}" if demo else "")
        if not mail_url:
            msg = "Set MAIL_URL to smtp://user:password@host:port, or folder:PATH to keep mail."
            raise ConfigError(msg)
        return cls(
            database_url=with_driver(
                env.get("DATABASE_URL", f"sqlite:///{instance / 'coordinator.sqlite3'}")
            ),
            secret_key=secret,
            demo=demo,
            base_url=base_url.rstrip("/"),
            mail_url=mail_url,
            mail_from=env.get("MAIL_FROM", "Coordinator <no-reply@coordinator.example>"),
            secure_cookies=base_url.startswith("https://"),
            proxies=_number(env, "TRUSTED_PROXIES"),
            **_replies(env),
            leads_page=str(instance / "leads.html"),
            seal_key=_seal_key(
                env.get("SEAL_KEY") or (_kept_secret(instance, "demo-seal-key") if demo else "")
            ),
            checkpoints=env.get("CHECKPOINTS", str(instance / "checkpoints.txt")),
        )

    @property
    def origin(self) -> str:
        """The name of this installation's trail, in its checkpoints."""
        return f"{self.base_url.partition('://')[2]}/trail"

    def for_flask(self) -> dict[str, Any]:
        """Return the Flask configuration of this installation."""
        return {
            "COORDINATOR": self,
            "SECRET_KEY": self.secret_key,
            "TESTING": self.testing,
            "SQLALCHEMY_ENGINES": {"default": self._engine()},
            "ALEMBIC": {
                "script_location": str(ROOT / "migrations"),
                "file_template": "%%(rev)s_%%(slug)s",
            },
            "ALEMBIC_CONTEXT": {"render_as_batch": True, "compare_type": True},
            "SESSION_COOKIE_NAME": "__Host-session" if self.secure_cookies else "session",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 1_000_000,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "MAX_FORM_PARTS": 1_000,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_CHECK_DEFAULT": False,
        }

    def _engine(self) -> dict[str, Any]:
        options: dict[str, Any] = {"url": self.database_url}
        if self.database_url.startswith("postgresql"):
            options |= {
                "pool_pre_ping": True,
                "connect_args": {
                    "connect_timeout": 2,
                    "options": "-c statement_timeout=10s -c lock_timeout=5s"
                    " -c idle_in_transaction_session_timeout=30s -c timezone=UTC"
                    # A wide statement takes longer to plan than to run: it is planned once.
                    " -c plan_cache_mode=force_generic_plan -c jit=off",
                },
            }
        return options


def _replies(env: Mapping[str, str]) -> dict[str, Any]:
    """Read how answers from calendars arrive.  Raises `ConfigError` for half of it."""
    to, folder = env.get("REPLIES_TO", ""), env.get("REPLIES_FOLDER", "")
    secret = env.get("REPLIES_SECRET", "")
    if bool(to) != bool(folder or secret):
        msg = "Set REPLIES_TO together with REPLIES_FOLDER or REPLIES_SECRET, or none of them."
        raise ConfigError(msg)
    if secret and len(secret) < 32:
        msg = "Set REPLIES_SECRET to at least 32 random characters."
        raise ConfigError(msg)
    return {"replies_to": to, "replies_folder": folder, "replies_secret": secret}


def _number(env: Mapping[str, str], name: str) -> int:
    """Return a small whole number, 0 if it is not set.  Raises `ConfigError` for anything else."""
    text = env.get(name, "0")
    if not text.isdecimal():
        msg = f"Set {name} to a whole number, such as 1."
        raise ConfigError(msg)
    return int(text)


def with_driver(url: str) -> str:
    """Let people write `postgres://` or `postgresql://`: both mean the driver we ship."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _seal_key(text: str) -> bytes:
    """Return the 32 bytes that sign checkpoints.  Raises `ConfigError` for anything else."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        msg = "Set SEAL_KEY to 64 random hexadecimal digits (`openssl rand -hex 32`), for good."
        raise ConfigError(msg)
    return key


def _kept_secret(instance: Path, name: str) -> str:
    """Return a secret of the demo, made once, so that its processes agree and it can restart."""
    path = instance / name
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.write_text(secrets.token_hex(32))
            fresh.chmod(0o600)
            os.link(fresh, path)
            fresh.unlink()
    except FileExistsError:
        pass
    except OSError as problem:
        msg = f"The folder {instance} cannot be written: {problem.strerror}."
        raise ConfigError(msg) from None
    return path.read_text()
