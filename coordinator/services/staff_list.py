"""Reading an agency's own staff list: a CSV file as spreadsheets really write it.

Every line is either understood whole or named as bad, with the reason.  Nothing here touches the
database.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from coordinator.errors import InvalidError
from coordinator.vocabulary import AgencyKind, PostKind, Role, Word

W = TypeVar("W", bound=Word)

LARGEST = 5_000_000
MOST_LINES = 20_000
MOST_COLUMNS = 200
LONGEST = 200
LONGEST_SHOWN = 40
COLUMNS = ("agency", "agency_kind", "team", "name", "email", "phone", "profession", "role", "post")
NEEDED = ("agency", "team", "name", "email", "role")
# What spreadsheets call these columns, beside their own names.
ALSO = {
    "organisation": "agency",
    "e_mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "telephone": "phone",
    "phone_number": "phone",
    "full_name": "name",
}
SHORT_ROLES = {"social worker": Role.SOCIAL_WORKER, "therapist": Role.THERAPIST}
SHORT_ROLES |= {"manager": Role.TEAM_MANAGER, "psychologist": Role.THERAPIST}
NO_SHORT: Mapping[str, Any] = {}
DELIMITERS = ",;\t|"
DEPUTY = re.compile(r"\s*\(deputy\)$|^deputy\s+")


class BadLineError(ValueError):
    """One line cannot be taken; the text says why."""


@dataclass(frozen=True)
class StaffLine:
    """One line that was understood: a person with one role, and perhaps a post."""

    number: int
    agency: str
    agency_kind: AgencyKind | None
    team: str
    name: str
    email: str
    phone: str
    profession: str
    role: Role
    post: PostKind | None
    deputy: bool


@dataclass(frozen=True)
class Problem:
    """A bad line, by the number that a spreadsheet shows beside it."""

    number: int
    reason: str


@dataclass(frozen=True)
class StaffList:
    """What was understood of a file, and what was not."""

    lines: tuple[StaffLine, ...]
    problems: tuple[Problem, ...]


def read(content: bytes) -> StaffList:
    """Read a whole file.

    Takes UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252; commas,
    semicolons, tabs or bars between the fields.  Raises `InvalidError` with a sentence if the file
    as a whole cannot be read.
    """
    if len(content) > LARGEST:
        raise InvalidError(f"The file is larger than {LARGEST // 1_000_000} MB. Split it by team.")
    rows = _rows(_text(content))
    columns = _columns(next(rows, (1, [], ""))[1])
    lines: list[StaffLine] = []
    problems: list[Problem] = []
    for count, (number, cells, wrong) in enumerate(rows, 1):
        if count > MOST_LINES:
            raise InvalidError(f"The file has more than {MOST_LINES:,} lines. Split it by team.")
        try:
            if wrong:
                raise BadLineError(wrong)  # noqa: TRY301  (one place says which line is bad)
            if any(cell.strip() for cell in cells):
                lines.append(_line(number, cells, columns))
        except BadLineError as bad:
            problems.append(Problem(number, str(bad)))
    if not lines and not problems:
        raise InvalidError("The file has a line of headings and nothing below it.")
    return StaffList(tuple(lines), tuple(problems))


def _text(content: bytes) -> str:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidError(
        "The file is no text that can be read. Save it from your spreadsheet as “CSV UTF-8”."
    )


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield each row with the number of its first line, and what is wrong with its quotes, if so.

    The first row that is not a spreadsheet's own `sep=;` is the headings, and decides what stands
    between the fields.
    """
    stream = io.StringIO(text, newline="")
    before = 0
    headings = stream.readline()
    if re.fullmatch(r"sep=.?\s*", headings, re.IGNORECASE):
        before, headings = 1, stream.readline()
    delimiter = max(DELIMITERS, key=lambda mark: len(_known(headings.split(mark, MOST_COLUMNS))))
    stream.seek(0)
    for _ in range(before):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    while True:
        number = before + reader.line_num + 1
        try:
            yield number, next(reader), ""
        except StopIteration:
            return
        except csv.Error:
            yield number, [], "has a quotation mark out of place, or a field that is too long"


def _known(cells: list[str]) -> list[str]:
    names = (re.sub(r"[^a-z]+", "_", cell.casefold()).strip("_") for cell in cells)
    return [name for name in (ALSO.get(name, name) for name in names) if name in COLUMNS]


def _columns(headings: list[str]) -> dict[str, int]:
    """Return where each known column stands.  Raises `InvalidError` if one is missing or twice."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings[:MOST_COLUMNS]):
        for name in _known([heading]):
            if name in found:
                raise InvalidError(f"Two columns are called “{name}”.")
            found[name] = place
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise InvalidError(
            f"The first line must name the columns; these are missing: {', '.join(missing)}."
        )
    return found


def _line(number: int, cells: list[str], columns: dict[str, int]) -> StaffLine:
    said = {
        name: _clean(name, cells[place]) if place < len(cells) else ""
        for name, place in columns.items()
    }
    if missing := [name for name in NEEDED if not said[name]]:
        raise BadLineError(f"has nothing in the column {' and '.join(missing)}")
    role = _word(Role, said["role"], "role", SHORT_ROLES)
    if role is Role.ADMINISTRATOR:
        raise BadLineError("makes an administrator; do that on the page Accounts")
    post = said.get("post", "").casefold()
    kind = said.get("agency_kind", "")
    return StaffLine(
        number=number,
        agency=said["agency"],
        agency_kind=_word(AgencyKind, kind, "agency_kind") if kind else None,
        team=said["team"],
        name=said["name"],
        email=email_address(said["email"]),
        phone=_phone(said.get("phone", "")),
        profession=said.get("profession", ""),
        role=role,
        post=_word(PostKind, DEPUTY.sub("", post), "post") if post else None,
        deputy=bool(DEPUTY.search(post)),
    )


def _clean(name: str, cell: str) -> str:
    """Return a cell on one line, composed.  Raises `BadLineError` for what no page could show."""
    text = re.sub(r"[\s\u200b\ufeff]+", " ", unicodedata.normalize("NFC", cell)).strip()
    if not text.isprintable() or "\ufffd" in text:
        raise BadLineError(f"has characters in the column {name} that cannot be read")
    if len(text) > LONGEST:
        raise BadLineError(f"has more than {LONGEST} characters in the column {name}")
    return text


def _word(kind: type[W], typed: str, column: str, short: Mapping[str, W] = NO_SHORT) -> W:
    wanted = typed.casefold()
    for word in kind:
        if wanted in (word.value, word.label.casefold().replace("’", "'"), word.label.casefold()):
            return word
    if wanted in short:
        return short[wanted]
    known = ", ".join(word.value for word in kind)
    raise BadLineError(f"has “{_short(typed)}” in the column {column}; it can be: {known}")


def email_address(typed: str) -> str:
    """Return an address in lower case.  Raises `BadLineError` with a sentence if it is none."""
    try:
        address = validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise BadLineError(f"has “{_short(typed)}”, which is no e-mail address") from None
    return address.normalized.lower()


def _phone(typed: str) -> str:
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadLineError(f"has “{_short(typed)}”, which is no phone number")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written + (f" ext. {number.extension}" if number.extension else "")


def _short(typed: str) -> str:
    return typed if len(typed) <= LONGEST_SHOWN else f"{typed[:LONGEST_SHOWN]}…"
