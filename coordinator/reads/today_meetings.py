"""What a meeting still asks before it: a voice, an answer, a written view."""

from collections.abc import Iterator
from datetime import timedelta

from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.reads.my_meetings import MyMeeting
from coordinator.reads.today_rows import Press, TodayRow
from coordinator.settings import SETTINGS


def mine(planned: tuple[MyMeeting, ...], moment: Moment) -> Iterator[TodayRow]:
    """Yield what I can still do for the meetings to come."""
    for meeting in planned:
        if meeting.starts_at <= moment.now:
            continue
        if meeting.voice_missing:
            name = meeting.voice_missing
            text = f"no voice of {name[:1].lower()}{name[1:]} at the {meeting.in_a_sentence}"
            yield _row(meeting, moment, "voice", "See to it:", text)
        if meeting.view_asked:
            text = f"a written view for the {meeting.in_a_sentence}"
            yield _row(meeting, moment, "view", "Send", text, "/written-view")
        near = moment.today + timedelta(days=SETTINGS.remind_days_before)
        day = clock.local(meeting.starts_at).date()
        if meeting.unanswered and not meeting.reminded and day <= near:
            text = f"who has not answered the invitation to the {meeting.in_a_sentence}"
            press = Press(f"/meetings/{meeting.reference}/remind", "Remind them")
            yield _row(meeting, moment, "remind", "Remind", text, press=press)


def _row(
    meeting: MyMeeting,
    moment: Moment,
    kind: str,
    verb: str,
    text: str,
    page: str = "",
    press: Press | None = None,
) -> TodayRow:
    return TodayRow(
        kind=kind,
        verb=verb,
        text=text,
        href=f"/meetings/{meeting.reference}{page}",
        family=meeting.family,
        due=moment.today,
        due_word="meeting",
        at=meeting.starts_at,
        press=press,
    )
