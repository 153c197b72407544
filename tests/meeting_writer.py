"""Adds the parts, the minutes and the board of a meeting in the name of people of the cast."""

from __future__ import annotations

from typing import Any

from coordinator.models.agendas import AgendaPart
from coordinator.models.boards import BoardEntry
from coordinator.models.entries import Entry
from coordinator.models.minutes import Minutes
from coordinator.vocabulary import BoardSide, ClosedReason, Level
from sharing_writer import SharingWriter


class MeetingWriter(SharingWriter):
    """What belongs to a meeting."""

    def part(
        self, author: str, meeting: Entry, title: str, level: Level = Level.OPEN, **said: Any
    ) -> AgendaPart:
        """Add a part of ten minutes to a meeting."""
        here = {"meeting_id": meeting.id, "position": 1, "length": 10, **said}
        return self.add(AgendaPart, author, level, title=title, **here)  # type: ignore[no-any-return]

    def of_meeting(
        self, author: str, meeting: Entry, words: str, level: Level, **more: Any
    ) -> dict[str, Entry]:
        """Add a part, minutes and a line of the board with these words to a meeting."""
        reason = {"closed_reason": ClosedReason.THERAPY, "closed_note": words}
        self.add(Minutes, author, level, meeting_id=meeting.id, decided=words, **more)
        side = {"meeting_id": meeting.id, "side": BoardSide.WORRY}
        return {
            "minutes": meeting,
            "part": self.part(author, meeting, words, level, what=words, **reason, **more),
            "board_entry": self.add(BoardEntry, author, level, text=words, **side, **more),
        }
