"""Sealing the trail and signing its checkpoints, beside the worker or by hand."""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config import Config
from coordinator import chores, trail
from coordinator.extensions import begin_writing
from coordinator.reads import checkpoints as kept
from coordinator.seal.checkpoints import Checkpoint, find
from coordinator.services import checkpoints

ACTION = "trail.checkpoint"
log = structlog.get_logger()


@dataclass(frozen=True)
class Sealer:
    """The sealer of one installation: its database, its key, and the file beside it."""

    engine: Engine
    origin: str
    key: bytes
    file: str

    @classmethod
    def of(cls, engine: Engine, config: Config) -> "Sealer":
        """Return the sealer that this configuration describes."""
        return cls(engine, config.origin, config.seal_key, config.checkpoints)

    def round(self, stop: Event | None = None) -> int:
        """Seal what waits and sign a checkpoint if one is due; return how much was sealed.

        What fails is tried again in the next round, and never keeps mail waiting.
        """
        sealed = chores.do(self.engine, chores.SEAL, stop)
        try:
            if self.key and not (stop and stop.is_set()):
                self._checkpoint()
        except Exception as problem:  # noqa: BLE001  (whatever it is, mail goes on)
            log.warning("no checkpoint could be made", error=type(problem).__name__)
        return sealed

    def _checkpoint(self) -> None:
        """Sign outside any transaction; the lock is for the one row."""
        with Session(self.engine) as session:
            trail.acting(session, chores.ACTING, ACTION)
            checkpoint = checkpoints.due(session, self.origin)
            session.rollback()
            if checkpoint:
                note = checkpoint.signed(self.key)
                begin_writing(session)
                checkpoints.keep(session, chores.moment(), checkpoint, note)
                session.commit()
                self._append(session)

    def _append(self, session: Session) -> None:
        """Append to the file every checkpoint that is not there yet; it is never written over."""
        path = Path(self.file)
        last = _last_of(path)
        notes = kept.since(session, last.size if last else 0)
        if last and not notes:
            log.error("the trail is shorter than the file of its checkpoints", file=self.file)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{note}\n" for note in notes))
            file.flush()
            os.fsync(file.fileno())


def _last_of(path: Path) -> Checkpoint | None:
    """Return the last checkpoint of a file, or None if it has none.

    Raises `BadCheckpointError` for what was never written by a sealer.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        cut = file.seek(max(0, path.stat().st_size - 4_000))
        end = file.read().decode("utf-8", "replace")
    found = find(end.partition("\n\n")[2] if cut else end)
    return found[-1] if found else None
