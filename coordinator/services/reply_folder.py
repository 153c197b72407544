"""The maildir into which a mail server delivers answers from calendars."""

from pathlib import Path

import structlog

from coordinator.services.itip import LARGEST

log = structlog.get_logger()


def unread(maildir: str) -> list[Path]:
    """Return the mails that nobody has read yet, by name; none where there is no maildir."""
    if not maildir:
        return []
    try:
        found = sorted((Path(maildir) / "new").iterdir())
    except OSError as problem:
        log.warning("the maildir cannot be read", error=type(problem).__name__)
        return []
    return [path for path in found if path.is_file() and not path.is_symlink()]


def words_of(path: Path) -> bytes:
    """Return a mail; of a huge one no more than shows that it is huge."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def put_away(path: Path, *, keep: bool) -> None:
    """Remove a mail that was taken; keep one that was refused among the read ones.

    Whoever looks after the mailbox finds there what people wrote to it by hand.
    """
    if not keep:
        path.unlink()
        return
    read = path.parent.parent / "cur"
    read.mkdir(mode=0o700, exist_ok=True)
    path.replace(read / f"{path.name}:2,S")
