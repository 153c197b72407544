"""What is measured, each as a ratio: to the floor, or to its own smallest size."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from benchmarks import clients, places, servers, world
from benchmarks.clients import CLIENTS, Request, ask, milliseconds, rate
from benchmarks.places import Place
from coordinator import clock
from coordinator.extensions import db
from coordinator.models.families import Family, Involvement
from coordinator.models.trail import TrailEvent

HOME = f"/families/{world.FAMILY}"


@dataclass(frozen=True)
class Result:
    """One line of the table: a measured value beside what is asked for."""

    name: str
    what: str
    dialect: str
    value: float
    unit: str
    bar: str
    details: str = ""


@dataclass(frozen=True)
class Effort:
    """How much is asked: rounds of A and B in turn, requests in a round, sizes of the trail."""

    rounds: int
    requests: int
    repeats: int
    sizes: tuple[int, ...]


WHOLE = Effort(rounds=5, requests=320, repeats=21, sizes=(10_000, 100_000, 1_000_000))
QUICK = Effort(rounds=3, requests=96, repeats=7, sizes=(10_000, 100_000))
BARS = {
    "plan": {"postgresql": "≥ 0.30", "sqlite": "≥ 0.20"},
    "contact": {"postgresql": "≥ 0.25", "sqlite": "≥ 0.15"},
}


def against_the_floor(place: Place, effort: Effort, names: set[str]) -> Iterator[Result]:
    """Measure pages and the posting of a contact against the floor, A B A B."""
    sessions = world.cookies(place, "Amira", CLIENTS)
    ours = [f"session={cookie}" for cookie, _token in sessions]
    floors = [f"token={token}" for _cookie, token in sessions]
    with servers.serving("coordinator", place) as port:
        first = [milliseconds(port, Request(f"{HOME}/plan", ours[0])) for _ in range(9)]
        frames = {
            path: ask(port, Request(path, ours[0])).body.decode() for path in (f"{HOME}/plan", HOME)
        }
        memory = servers.worker_memory(port)
        for name, path in (("plan", f"{HOME}/plan"), ("family", HOME)):
            if name in names:
                gets = [Request(path, cookie) for cookie in ours]
                bare = [Request(path, cookie) for cookie in floors]
                frame = _frame(frames[path], place, bare[0])
                yield _compare(name, place, port, effort, gets, bare, frame)
        if "today" in names:
            gets = [Request("/today", cookie) for cookie in ours]
            bare = [Request(f"{HOME}/plan", cookie) for cookie in floors]
            frame = _frame(frames[f"{HOME}/plan"], place, bare[0])
            yield _compare("today", place, port, effort, gets, bare, frame)
        if "contact" in names:
            whom = _colleague(place)
            posts = [_post(cookie, _form_token(place), whom, keyed=True) for cookie in ours]
            bare = [_post(f"token={t}", _floor_token(t), whom, keyed=False) for _c, t in sessions]
            yield _compare("contact", place, port, effort, posts, bare, "")
        memory = max(memory, servers.worker_memory(port))
    if "memory" in names:
        yield Result("memory", "Memory of a web process", place.dialect, memory, "MiB", "≤ 200")
    if "first" in names:
        ratio = max(first[:2]) / statistics.median(first[2:])
        what = "First visitor after a start, against the next ones"
        yield Result("first", what, place.dialect, ratio, "×", "≤ 3")


def _compare(
    name: str,
    place: Place,
    port: int,
    effort: Effort,
    ours: list[Request],
    floors: list[Request],
    frame: str,
) -> Result:
    """Return how many requests we answer in the time in which the floor answers one."""
    rates: dict[str, list[float]] = {"floor": [], "ours": []}
    with servers.serving("floor", place, FLOOR_FRAME=frame) as floor_port:
        sides = (("floor", floor_port, floors), ("ours", port, ours))
        for _name, at, requests in sides:
            rate(at, requests, CLIENTS * 2)
        for _ in range(effort.rounds):
            for side, at, requests in sides:
                rates[side].append(rate(at, requests, effort.requests))
        sizes = "" if ours[0].body else _sizes(port, ours[0], floor_port, floors[0])
    ratios = [ours / floor for ours, floor in zip(rates["ours"], rates["floor"], strict=True)]
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}{sizes}"
    what = {
        "plan": "Plan page, 16 clients, against the floor",
        "family": "Family page, 16 clients, against the floor",
        "today": "Today, 16 clients, against the floor’s plan page",
        "contact": "Logging a contact, 16 clients, against the floor",
    }[name]
    bar = BARS.get(name, {}).get(place.dialect, "")
    return Result(name, what, place.dialect, statistics.median(ratios), "of the floor", bar, spread)


def _words(page: bytes) -> int:
    return len(re.sub("<[^>]+>", " ", page.decode()).split())


def _sizes(port: int, ours: Request, floor_port: int, floor: Request) -> str:
    pages = (ask(port, ours).body, ask(floor_port, floor).body)
    kilobytes, counts = [f"{len(p) / 1000:.0f}" for p in pages], [f"{_words(p)}" for p in pages]
    return f"; {kilobytes[0]} and {kilobytes[1]} KB, {counts[0]} and {counts[1]} words"


def _frame(page: str, place: Place, floor: Request) -> str:
    """Return what surrounds the floor's rows, and the padding that makes its page as long."""
    start, end = page.index("<main"), page.index("</main>")
    head, foot = page[:start], page[end + len("</main>") :]
    bare = json.dumps({"head": head, "foot": foot, "pad": ""})
    with servers.serving("floor", place, workers=1, FLOOR_FRAME=bare) as port:
        short = len(page.encode()) - len(ask(port, floor).body)
    return json.dumps({"head": head, "foot": foot, "pad": page[start:end][-max(short, 1) :]})


def _post(cookie: str, token: str, whom: str, *, keyed: bool) -> Request:
    now, key = clock.local(clock.now()), iter(range(10**9))
    sent = {
        "csrf_token": token,
        "whom": whom,
        "mechanism": "02",
        "on-day": now.day,
        "on-month": now.month,
        "on-year": now.year,
        "at": "00:01",
        "outcome": "no-answer",
        "line": "About the weighing clinic",
    }
    name = hashlib.sha256(cookie.encode()).hexdigest()[:12]

    def body() -> str:
        return urlencode(sent | ({"form_key": f"{name}{next(key)}"} if keyed else {}))

    return Request(f"{HOME}/contacts/log", cookie, body, expected=302)


def _form_token(place: Place) -> str:
    secret = place.environ["SECRET_KEY"]
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps("0" * 40))


def _floor_token(token: str) -> str:
    return hmac.new(places.SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def _colleague(place: Place) -> str:
    """Return the reference of Ben's involvement."""
    app = world.app_of(place)
    ben = (
        select(Involvement.reference)
        .join(Family, Family.id == Involvement.family_id)
        .where(Family.reference == world.FAMILY, Involvement.lead)
        .order_by(Involvement.id.desc())
    )
    with app.app_context():
        found = db.session.scalars(ben).first()
        db.engine.dispose()
    assert found is not None
    return found


def audit(
    dialect: str, server: str | None, effort: Effort, say: Callable[[str], None]
) -> Iterator[Result]:
    """Measure the audit's pages at each size of the trail, the sizes in turn."""
    with ExitStack() as stack:
        ports, cookies, questions = {}, {}, {}
        for size in effort.sizes:
            place = stack.enter_context(places.place(dialect, f"trail-{size}", server))
            say(f"{dialect}: filling a trail with {size:,} acts")
            world.prepare(place)
            world.area(place)
            world.fill_trail(place, size)
            if size == effort.sizes[-1]:
                yield _bytes_of_a_row(place)
            ports[size] = stack.enter_context(servers.serving("coordinator", place, workers=1))
            cookies[size] = f"session={world.cookies(place, 'Dana', 1)[0][0]}"
            questions[size] = _questions(place)
        first = 0.0
        for name in questions[effort.sizes[0]]:
            times: dict[int, list[float]] = {size: [] for size in effort.sizes}
            for _ in range(effort.repeats):
                for size in effort.sizes:
                    asked = Request(f"/audit?{questions[size][name]}", cookies[size])
                    times[size].append(milliseconds(ports[size], asked))
            # The first two of each size warm what every later one finds warm.
            middle = {size: statistics.median(taken[2:]) for size, taken in times.items()}
            smallest, largest = effort.sizes[0], effort.sizes[-1]
            details = ", ".join(f"{size:,}: {ms:.0f} ms" for size, ms in middle.items())
            what = f"Audit, {name}: {largest:,} acts against {smallest:,}"
            ratio = middle[largest] / middle[smallest]
            yield Result("audit", what, dialect, ratio, "×", "≤ 3", details)
            first = first or middle[largest]
            if name.startswith("a page"):
                what = f"Audit, {name} against the first: {largest:,} acts"
                yield Result("audit", what, dialect, middle[largest] / first, "×", "≤ 3")


def _questions(place: Place) -> dict[str, str]:
    """Return the query of each question, for this database."""
    app: Flask = world.app_of(place)
    with app.app_context():
        span = db.session.execute(select(func.min(TrailEvent.at), func.max(TrailEvent.at))).one()
        db.engine.dispose()
    middle = (span[0] + span[1]) // 2
    days = [datetime.fromtimestamp(middle / 1e6 + n * 86400, clock.LONDON) for n in (0, 30)]
    between = {
        f"{end}-{part}": getattr(day, part)
        for end, day in zip(("since", "until"), days, strict=True)
        for part in ("day", "month", "year")
    }
    people = world.references_of(place)
    return {
        "no filter": "",
        "one family": f"family={world.FAMILY}",
        "one person": urlencode({"person": people["person"]}),
        "one agency": urlencode({"agency": people["agency"]}),
        "one kind": "kinds=contact",
        "a rare kind": "kinds=refusal",
        "partner not reached": "not_reached=y",
        "one month": urlencode(between),
        "what nobody did": "kinds=look&outcome=left-message",
        "a page in the middle": f"before={middle}-1",
        "a page near the end": f"before={span[0] + (span[1] - span[0]) // 50}-1",
    }


def _bytes_of_a_row(place: Place) -> Result:
    app = world.app_of(place)
    sizes = {
        "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%trail_events%'",
        "postgresql": "SELECT pg_total_relation_size('trail_events')",
    }
    with app.app_context(), db.engine.connect() as connection:
        total = connection.exec_driver_sql(sizes[place.dialect]).scalar_one()
        rows = connection.scalar(select(func.count()).select_from(TrailEvent)) or 1
        db.engine.dispose()
    return Result(
        "bytes",
        "A row of the trail, indexes included",
        place.dialect,
        int(total) / rows,
        "bytes",
        "≤ 300",
    )


__all__ = ["QUICK", "WHOLE", "Effort", "Result", "against_the_floor", "audit", "clients"]
