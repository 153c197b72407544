"""The periods and limits of an area: the one list of them, with what each means and may be.

Everything that counts days, hours or tries reads its number as `SETTINGS.name`.  What stands here
are the first values; an administrator changes one on a page, without a restart (decision 0035).
A request, or a round of the worker, holds one frozen set of them from beginning to end.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any, cast

from coordinator.vocabulary import SettingGroup

SIGNING_IN, CASES = SettingGroup.SIGNING_IN, SettingGroup.CASES
MEETINGS, LOOKS = SettingGroup.MEETINGS, SettingGroup.LOOKS
MAIL, FIGURES = SettingGroup.MAIL, SettingGroup.FIGURES


def _number(
    unit: str,
    first: int,
    allowed: tuple[int, int],
    group: SettingGroup,
    label: str,
    hint: str = "",
    why: str = "",
) -> Any:
    """Describe a number: its unit, first value, least and most, and why there is such a bound."""
    said = {"unit": unit, "least": allowed[0], "most": allowed[1], "group": group}
    return field(default=first, metadata={**said, "label": label, "hint": hint, "why": why})


def _time(unit: str, first: int, *described: Any) -> Any:
    """Describe a length of time in whole minutes, hours or days."""
    number = _number(unit, first, *described)
    return field(default=timedelta(**{unit: first}), metadata={**number.metadata, "span": True})


SHARED = "Longer is not safe on a computer that others use, too."
HELD = "Fewer than this could point to one person."
STRICTER = "It can be made stricter, not looser."


@dataclass(frozen=True)
class Fixed:
    """What no administrator sets: how the machinery works, the same in every area."""

    mail_retries: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    )
    mail_given_up_after: timedelta = timedelta(days=7)
    guest_uses_an_hour: int = 60
    calendar_fetches_an_hour: int = 60
    wrong_calendars_an_hour: int = 100
    page_size: int = 50
    after_separation_days: int = 182
    counted_up_to: int = 1000


# fmt: off
@dataclass(frozen=True)
class Settings(Fixed):
    """The numbers in force.  Days are calendar days unless a name says otherwise."""

    idle_limit: timedelta = _time(
        "minutes", 15, (5, 15), SIGNING_IN, "Signed out after no activity",
        "What was typed until then is kept.", SHARED)
    idle_warning: timedelta = _time(
        "minutes", 2, (1, 4), SIGNING_IN, "Warning before signing out")
    session_limit: timedelta = _time(
        "hours", 10, (4, 12), SIGNING_IN, "Longest time signed in", "", SHARED)
    draft_life: timedelta = _time(
        "hours", 1, (1, 12), SIGNING_IN, "What was typed and not sent is kept")
    wrong_sign_ins: int = _number(
        "tries", 5, (3, 10), SIGNING_IN, "Wrong passwords before one has to wait",
        "After that each try has to wait longer.", "More would help somebody who guesses.")
    longest_sign_in_delay: timedelta = _time(
        "minutes", 15, (5, 60), SIGNING_IN, "Longest wait after wrong passwords")
    setup_link_life: timedelta = _time(
        "days", 3, (1, 7), SIGNING_IN, "A set-up link works",
        "", "Whoever has the link can take the account.")

    due_soon_days: int = _number(
        "days", 7, (1, 28), CASES, "“Due soon” means within")
    days_between_conversations: int = _number(
        "days", 14, (1, 90), CASES, "Longest time between two conversations of the workers")
    attempts_before_the_team: int = _number(
        "tries", 3, (1, 10), CASES, "Tries before a colleague’s team may be asked",
        "Tries to reach the colleague without an answer.")
    working_days_of_attempts: int = _number(
        "working days", 5, (1, 20), CASES, "Within how many working days tries in vain count")
    advice_hours: int = _number(
        "hours", 24, (1, 72), CASES, "Time for a lead to answer a question before sharing")
    raised_need_hours: int = _number(
        "hours", 2, (1, 72), CASES, "A need that nobody answered goes to both managers after",
        "Counted from when the team was told.")
    look_again_days: int = _number(
        "days", 14, (1, 90), CASES, "What is held back is looked at again after")
    chronology_days: int = _number(
        "days", 30, (7, 180), CASES, "A chronology begins with what is open, and the last")
    leaver_days: int = _number(
        "days", 14, (1, 60), CASES, "Time until somebody who is off the staff list leaves",
        "So long do managers have to say who takes over.")
    pair_review_days: int = _number(
        "days", 182, (28, 400), CASES, "A pair of link workers is asked whether it works every")
    supervision_days: int = _number(
        "days", 90, (14, 365), CASES, "A case is talked about in supervision every")
    concern_days: int = _number(
        "days", 14, (1, 60), CASES, "A concern about working together is answered within")

    chair_stays_days: int = _number(
        "days", 28, (7, 90), MEETINGS, "Chair and minute taker keep access, after a meeting")
    remind_days_before: int = _number(
        "days", 5, (1, 28), MEETINGS, "Missing answers stand on Today, before a meeting")
    remind_again_days: int = _number(
        "days", 2, (1, 14), MEETINGS, "Least time between two reminders")
    reminded_working_days_before: int = _number(
        "working days", 1, (1, 5), MEETINGS, "Everybody is reminded by mail, before a meeting")
    reminders_from_hour: int = _number(
        "o’clock", 8, (0, 20), MEETINGS, "Earliest hour for reminders", "The hour of the day.")
    voices_days_before: int = _number(
        "days", 1, (0, 14), MEETINGS, "Written views are wanted, before a meeting")
    first_item_minutes: int = _number(
        "minutes", 10, (0, 30), MEETINGS, "First on every agenda: what is still to be done")
    minutes_draft_life: timedelta = _time(
        "days", 3, (1, 7), MEETINGS, "Minutes typed and not sent are kept")
    after_meeting_days: int = _number(
        "days", 14, (1, 60), MEETINGS, "Minutes and questions stay on Today, after a meeting")
    guest_pass_after_meeting: timedelta = _time(
        "days", 14, (0, 28), MEETINGS, "A guest’s link works, after a meeting",
        "It holds for links that are out, too.",
        "A link opens a meeting without signing in.")

    oversight_hours: int = _number(
        "hours", 8, (1, 8), LOOKS, "A reason for looking opens a family", "", STRICTER)
    emergency_hours: int = _number(
        "hours", 8, (1, 8), LOOKS, "What is opened in immediate danger stays open", "",
        STRICTER)
    searches_an_hour: int = _number(
        "searches", 60, (20, 60), LOOKS, "Most searches for a family, one person in an hour",
        "", STRICTER)
    families_an_hour: int = _number(
        "families", 120, (60, 120), LOOKS, "Most families opened, one lead in an hour", "",
        STRICTER)
    searches_alert: int = _number(
        "searches", 20, (5, 20), LOOKS, "Alert: searches of one person in an hour", "", STRICTER)
    families_alert: int = _number(
        "families", 60, (10, 60), LOOKS, "Alert: families one person looks at in an hour", "",
        STRICTER)
    refusals_alert: int = _number(
        "refusals", 10, (3, 10), LOOKS, "Alert: refusals to one person in an hour", "", STRICTER)
    looks_without_role: int = _number(
        "looks", 6, (1, 6), LOOKS, "Alert: looks at one family in a day without a role", "",
        STRICTER)
    families_without_role: int = _number(
        "families", 3, (1, 3), LOOKS, "Alert: families one person looks at without a role",
        "Within the days that the next number says.", STRICTER)
    families_without_role_days: int = _number(
        "days", 7, (7, 28), LOOKS, "Time over which families without a role are counted",
        "Longer is stricter.", STRICTER)

    mail_urgent_after: timedelta = _time(
        "minutes", 15, (5, 120), MAIL, "Urgent mail that did not leave stands on Today after")
    mail_urgent_before_meeting: timedelta = _time(
        "hours", 48, (12, 168), MAIL, "Mail about a meeting is urgent, before it")

    figures_days: int = _number(
        "days", 90, (28, 365), FIGURES, "Time that figures cover")
    shown_from: int = _number(
        "answers", 5, (5, 20), FIGURES, "Least answers before any are shown", "", HELD)
    slips_by: int = _number(
        "points", 5, (1, 20), FIGURES, "A figure slips when it is lower by",
        "Points of a per cent, against 3 or 12 months before.")
# fmt: on


@dataclass(frozen=True)
class Setting:
    """What a setting is called, what it counts, and what it may be.

    `why` says why it may be no more, or no less.  A length of time (`span`) is stored as whole
    units, too.
    """

    name: str
    group: SettingGroup
    label: str
    unit: str
    least: int
    most: int
    hint: str = ""
    why: str = ""
    span: bool = False

    def of(self, settings: Settings) -> int:
        """Return its number in a set of values."""
        value = getattr(settings, self.name)
        return value // timedelta(**{self.unit: 1}) if self.span else value  # type: ignore[no-any-return]

    def allows(self, number: int) -> bool:
        """Say whether it may be this number."""
        return self.least <= number <= self.most

    @property
    def refusal(self) -> str:
        """The sentence for a number that it may not be, with the reason for the bound."""
        words = f"Enter a whole number between {self.least} and {self.most}"
        return f"{words}. {self.why}" if self.why else words

    def said(self, number: int) -> str:
        """Return a number of its units in words: `1 day`, `3 families`, `8 o’clock`."""
        one = "family" if self.unit == "families" else self.unit.removesuffix("s")
        one = {"tries": "try", "searches": "search"}.get(self.unit, one)
        return f"{number:,} {one if number == 1 else self.unit}"


KNOWN = {
    one.name: Setting(one.name, **one.metadata)
    for one in fields(Settings)
    if "group" in one.metadata
}
FIRST = Settings()

_held: ContextVar[Settings] = ContextVar("settings", default=FIRST)


class _InForce:
    """Stands for the set of values that this request, or this round of the worker, holds."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        return getattr(_held.get(), name)


SETTINGS = cast("Settings", _InForce())


def with_numbers(numbers: Mapping[str, int]) -> Settings:
    """Return the first values with these numbers in the place of some.

    A name that is known no longer is left out; a number that is not allowed any more becomes the
    nearest that is.
    """
    values: dict[str, Any] = {}
    for name, number in numbers.items():
        if setting := KNOWN.get(name):
            allowed = max(setting.least, min(setting.most, number))
            values[name] = timedelta(**{setting.unit: allowed}) if setting.span else allowed
    return Settings(**values) if values else FIRST


def hold(settings: Settings) -> None:
    """Let whatever runs in this thread from now on read these values."""
    _held.set(settings)


def held() -> Settings:
    """Return the values that this thread holds."""
    return _held.get()
