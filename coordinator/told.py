"""What PostgreSQL is told of who acts, so that it hides by itself what they may not know.

Its row-level security asks three settings: `coordinator.account`, `coordinator.agency` and
`coordinator.service`.  They are set for one transaction and forgotten with it; where nothing was
told, no row of a family is there.  SQLite has nothing like it (docs/decisions/0017).
"""

from typing import Any

from sqlalchemy import Connection, String, bindparam, cast, event, func, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.sql.functions import FunctionElement

NAMES = ("account", "agency", "service")
NOTHING = ("", "", "")


def _set(name: str, value: Any) -> Any:
    """Return what sets one setting until the transaction ends."""
    return func.set_config(f"coordinator.{name}", value, true())


TELL = select(*(_set(name, bindparam(name, type_=String)) for name in NAMES))


class _OnPostgreSQL(FunctionElement[Any]):
    """An expression that is null on any other database."""

    type = String()
    inherit_cache = True


@compiles(_OnPostgreSQL)
def _null(_element: Any, _compiler: Any, **_more: Any) -> str:
    return "NULL"


@compiles(_OnPostgreSQL, "postgresql")
def _itself(element: Any, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


def telling(name: str, value: Any) -> Any:
    """Return the column of a select that tells PostgreSQL this setting while it is read."""
    return _OnPostgreSQL(_set(name, cast(value, String)))


def heard(session: Session, account: str | None, agency: str | None) -> None:
    """Keep what PostgreSQL was told by columns of `telling`, so that it is not told it again."""
    if "told" in session.info:
        session.info["told"] = (account or "", agency or "", "")


def tell(session: Session) -> None:
    """Tell PostgreSQL who acts in the open transaction, unless it knows; the next is told too."""
    if "told" in session.info and session.info["told"] != _who(session):
        _tell(session, session.connection())


def _who(session: Session) -> tuple[str, ...]:
    acting = session.info.get("acting")
    if acting is None:
        return NOTHING
    return tuple(
        "" if value is None else str(value)
        for value in (acting.account_id, acting.agency_id, acting.service)
    )


def _tell(session: Session, connection: Connection) -> None:
    session.info["told"] = who = _who(session)
    connection.execute(TELL, dict(zip(NAMES, who, strict=True)))


@event.listens_for(Session, "after_begin")
def _begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if connection.dialect.name == "postgresql" and not transaction.nested:
        session.info["told"] = NOTHING
        if _who(session) != NOTHING:
            _tell(session, connection)


@event.listens_for(Session, "after_transaction_end")
def _end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("told", None)
