"""The periods and limits that an area may want to change, with their first values.

Everything that counts days, hours or tries reads its number here, so that a page on which an
administrator edits them has one place to write to.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Settings:
    """The numbers in force.  Days are calendar days unless a name says otherwise."""

    idle_limit: timedelta = timedelta(minutes=15)
    idle_warning: timedelta = timedelta(minutes=2)
    session_limit: timedelta = timedelta(hours=10)
    setup_link_life: timedelta = timedelta(days=3)
    draft_life: timedelta = timedelta(hours=1)
    wrong_sign_ins: int = 5
    longest_sign_in_delay: timedelta = timedelta(minutes=15)
    days_between_conversations: int = 14
    due_soon_days: int = 7
    chair_stays_days: int = 28
    attempts_before_the_team: int = 3
    remind_days_before: int = 5
    remind_again_days: int = 2
    reminded_working_days_before: int = 1
    reminders_from_hour: int = 8
    voices_days_before: int = 1
    first_item_minutes: int = 10
    minutes_draft_life: timedelta = timedelta(days=3)
    after_meeting_days: int = 14
    shown_from: int = 5
    oversight_hours: int = 8
    emergency_hours: int = 8
    searches_an_hour: int = 60
    searches_alert: int = 20
    families_an_hour: int = 120
    families_alert: int = 60
    refusals_alert: int = 10
    looks_without_role: int = 6
    families_without_role: int = 3
    families_without_role_days: int = 7
    advice_hours: int = 24
    look_again_days: int = 14
    mail_retries: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    )
    mail_urgent_after: timedelta = timedelta(minutes=15)
    mail_urgent_before_meeting: timedelta = timedelta(hours=48)
    mail_given_up_after: timedelta = timedelta(days=7)
    guest_pass_after_meeting: timedelta = timedelta(days=14)
    guest_uses_an_hour: int = 60
    figures_days: int = 90
    calendar_fetches_an_hour: int = 60
    wrong_calendars_an_hour: int = 100
    page_size: int = 50
    after_separation_days: int = 182
    counted_up_to: int = 1000
    exported_up_to: int = 50_000


SETTINGS = Settings()
