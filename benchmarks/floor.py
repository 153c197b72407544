"""The floor: a bare WSGI callable, raw SQL through the driver, an f-string.

It reads the same rows of the same database, sends about the same words and writes the same row of
the trail; it checks a session and a form's token, and nothing else: no rights, no scope, no
escaping rules but `html.escape`, no templates.  What surrounds the page (header, navigation, foot)
is a text that the benchmark took from Coordinator's own answer, and so is the padding that makes
the page as long.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qs

import psycopg

URL = os.environ["DATABASE_URL"]
SQLITE = URL.startswith("sqlite")
FRAME = json.loads(os.environ.get("FLOOR_FRAME") or '{"head": "", "foot": "", "pad": ""}')
KEY = os.environ["SECRET_KEY"].encode()
NOW = (
    "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
    if SQLITE
    else "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
)

SESSION = """
    SELECT s.id, a.id, a.name, t.agency_id FROM sign_in_sessions s
    JOIN accounts a ON a.id = s.account_id
    JOIN memberships m ON m.account_id = a.id JOIN teams t ON t.id = m.team_id
    WHERE s.token_hash = ? AND s.ended_at IS NULL"""
MEMBERS = """
    SELECT f.id, f.reference, p.name, p.relation, p.born_on FROM families f
    JOIN people p ON p.family_id = f.id WHERE f.reference = ? ORDER BY p.id"""
ENTRIES = """
    SELECT e.id, e.reference, e.kind, g.text, g.goal_for, x.text, x.goal_id, x.due_on, x.state,
           o.name, w.name, r.i_do, r.i_do_not, h.text, ag.name
    FROM entries e
    LEFT JOIN goals g ON g.id = e.id
    LEFT JOIN actions x ON x.id = e.id LEFT JOIN accounts o ON o.id = x.owner_account_id
    LEFT JOIN agencies ag ON ag.id = x.owner_agency_id
    LEFT JOIN role_statements r ON r.id = e.id LEFT JOIN accounts w ON w.id = r.account_id
    LEFT JOIN what_helps h ON h.id = e.id
    WHERE e.family_id = ? AND e.kind IN ('goal', 'action', 'role-statement', 'what-helps')
    ORDER BY e.id"""
AGREEMENTS = """
    SELECT s.goal_id, ag.name, s.agreement, s.comment, a.name FROM goal_agreements s
    JOIN entries e ON e.id = s.goal_id JOIN agencies ag ON ag.id = s.agency_id
    JOIN accounts a ON a.id = s.account_id WHERE e.family_id = ?"""
WORKERS = """
    SELECT a.name, a.phone, i.role, ag.name FROM involvements i
    JOIN accounts a ON a.id = i.account_id JOIN agencies ag ON ag.id = i.agency_id
    WHERE i.family_id = ? AND i.ends_on IS NULL ORDER BY i.id"""
CONTACTS = """
    SELECT e.reference, c.attempted_at, c.mechanism, c.outcome, c.line, a.name, b.name
    FROM contact_attempts c JOIN entries e ON e.id = c.id JOIN accounts a ON a.id = e.author_id
    LEFT JOIN accounts b ON b.id = c.account_id WHERE e.family_id = ?
    ORDER BY c.attempted_at DESC LIMIT 20"""
EVENT = """
    INSERT INTO trail_events (at, db_at, hour, writer, writer_n, actor_id, agency_id, family_id,
        entry_id, towards_id, schema, allowed, event_id, kind, action, outcome, record_kind,
        record_ref, fields, session_hash, request_id)
    VALUES (?, {now}, ?, 1, 1, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""".replace(
    "{now}", NOW
)
USED = "UPDATE sign_in_sessions SET last_used_at = ? WHERE id = ?"
ENTRY = """
    INSERT INTO entries (reference, family_id, kind, author_id, agency_id, level, notice,
        created_at, version)
    VALUES (?, ?, 'contact-attempt', ?, ?, 'open', 'everyone', ?, 1) RETURNING id"""
CONTACT = """
    INSERT INTO contact_attempts (id, account_id, someone_else, contacted_agency_id, attempted_at,
        mechanism, outcome, line)
    SELECT ?, a.id, '', t.agency_id, ?, ?, ?, ? FROM involvements i
    JOIN accounts a ON a.id = i.account_id JOIN teams t ON t.id = i.team_id WHERE i.reference = ?"""

_threads = threading.local()


def _database() -> Any:
    """Return this thread's one connection."""
    if not hasattr(_threads, "connection"):
        _threads.connection = _connect()
    return _threads.connection


def _connect() -> Any:
    if not SQLITE:
        return psycopg.connect(URL.replace("postgresql+psycopg", "postgresql"), autocommit=True)
    connection = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _sql(text: str) -> str:
    return text if SQLITE else text.replace("?", "%s")


def _token(environ: dict[str, Any]) -> str:
    return str(environ.get("HTTP_COOKIE", "")).partition("token=")[2]


def _event(run: Any, who: Any, kind: str, action: str, family: Any, **more: Any) -> None:
    at = time.time_ns() // 1000
    hour, session = at // 3_600_000_000, secrets.token_bytes(8)
    about = (family[0], more.get("entry"), more.get("towards"), True, secrets.token_bytes(16))
    words = (kind, action, more.get("outcome"), "families", family[1], more.get("fields"))
    run(_sql(EVENT), (at, hour, who[1], who[3], *about, *words, session, secrets.token_bytes(8)))
    run(_sql(USED), (time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()), who[0]))


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the four addresses that the benchmark asks."""
    path = environ["PATH_INFO"]
    if not path.startswith("/families/"):
        start("404 Not Found", [("Content-Length", "0")])
        return [b""]
    answer = _log if environ["REQUEST_METHOD"] == "POST" else _plan
    if not path.endswith(("/plan", "/log")):
        answer = _family
    status, headers, body = answer(environ, path.split("/")[2])
    start(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]


def _read(environ: dict[str, Any], reference: str) -> tuple[Any, Any, list[Any]]:
    run = _database().execute
    run("BEGIN")
    token = hashlib.sha256(_token(environ).encode()).digest()
    who = run(_sql(SESSION), (token,)).fetchone()
    return run, who, run(_sql(MEMBERS), (reference,)).fetchall()


def _sent(run: Any, who: Any, people: list[Any], action: str, main: str) -> Any:
    run("COMMIT")
    run("BEGIN IMMEDIATE" if SQLITE else "BEGIN")
    _event(run, who, "look", action, people[0])
    run("COMMIT")
    names = ", ".join(escape(person[2]) for person in people)
    page = f"{FRAME['head']}<main><section>{people[0][1]} {names}</section>{main}"
    page = f"{page}{FRAME['pad']}</main>{FRAME['foot']}"
    return "200 OK", [("Content-Type", "text/html; charset=utf-8")], page.encode()


def _plan(environ: dict[str, Any], reference: str) -> Any:
    run, who, people = _read(environ, reference)
    family = people[0][0]
    entries = run(_sql(ENTRIES), (family,)).fetchall()
    said = run(_sql(AGREEMENTS), (family,)).fetchall()
    workers = run(_sql(WORKERS), (family,)).fetchall()
    actions = [e for e in entries if e[2] == "action"]
    main = "".join(
        f'<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper"><h3>'
        f"{escape(e[3])}</h3><a href='/goals/{e[1]}/change'>Change</a></div><ul>"
        + "".join(
            f"<li><span>{escape(s[1])}</span> <strong>{s[2]}</strong> {escape(s[4])} "
            f"{escape(s[3])}</li>"
            for s in said
            if s[0] == e[0]
        )
        + "</ul><ul>"
        + "".join(_action(a) for a in actions if a[6] == e[0])
        + "</ul></div>"
        for e in entries
        if e[2] == "goal"
    )
    alone = "".join(_action(a) for a in actions if a[6] is None)
    helps = "".join(f"<p>{escape(e[13])}</p>" for e in entries if e[2] == "what-helps")
    roles = "".join(
        f"<li><p>{escape(e[10])}</p><p>Does: {escape(e[11])}</p><p>Does not: {escape(e[12])}</p>"
        for e in entries
        if e[2] == "role-statement"
    )
    there = "".join(f"<li>{escape(w[0])} {w[1]} {w[2]} {escape(w[3])}</li>" for w in workers)
    page = f"<h1>Shared plan</h1>{helps}{main}<ul>{alone}</ul><ul>{roles}</ul><ul>{there}</ul>"
    return _sent(run, who, people, "plans.read", page)


def _action(a: Any) -> str:
    return (
        f'<li class="co-row" id="action-{a[1]}"><div class="co-row__main"><p class="co-row__what">'
        f"{escape(a[5])}</p><p class='co-row__facts'><span>{escape(a[9] or '')}</span> <span>"
        f"{escape(a[14])}</span> <span>by {a[7]}</span> <strong class='govuk-tag'>{a[8]}</strong>"
        f"</p></div><a href='/actions/{a[1]}'>Open</a></li>"
    )


def _family(environ: dict[str, Any], reference: str) -> Any:
    run, who, people = _read(environ, reference)
    family = people[0][0]
    entries = run(_sql(ENTRIES), (family,)).fetchall()
    workers = run(_sql(WORKERS), (family,)).fetchall()
    contacts = run(_sql(CONTACTS), (family,)).fetchall()
    main = "<h1>Overview</h1><ul>" + "".join(
        f'<li class="co-person"><p>{escape(w[0])}</p><p>{w[2]}, {escape(w[3])}</p>'
        f"<a href='tel:{w[1]}'>{w[1]}</a> <a href='/families/{reference}/contacts/log'>Log a "
        "contact</a></li>"
        for w in workers
    )
    main += "</ul><ul>" + "".join(_action(e) for e in entries if e[2] == "action")
    main += "</ul>" + "".join(f"<p>{escape(e[3])}</p>" for e in entries if e[2] == "goal")
    main += "".join(f"<p>{escape(e[13])}</p>" for e in entries if e[2] == "what-helps")
    main += "<ul>" + "".join(
        f"<li>{c[1]} {escape(c[5])} {c[2]} {escape(c[6] or '')} {c[3]} {escape(c[4])}</li>"
        for c in contacts
    )
    return _sent(run, who, people, "families.read", f"{main}</ul>")


def _log(environ: dict[str, Any], reference: str) -> Any:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    form = {name: v[0] for name, v in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
    token = _token(environ)
    right = hmac.new(KEY, token.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(form.get("csrf_token", ""), right):
        return "400 Bad Request", [], b"token"
    if not form.get("outcome") or not form.get("mechanism") or len(form.get("line", "")) > 400:
        return "422 Unprocessable Content", [], b"form"
    run = _database().execute
    run("BEGIN IMMEDIATE" if SQLITE else "BEGIN")
    who = run(_sql(SESSION), (hashlib.sha256(token.encode()).digest(),)).fetchone()
    family = run(_sql(MEMBERS), (reference,)).fetchone()
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    made = (secrets.token_hex(5)[:9].upper(), family[0], who[1], who[3], now)
    entry = run(_sql(ENTRY), made).fetchone()[0]
    words = (form["mechanism"], form["outcome"], form.get("line", ""))
    run(_sql(CONTACT), (entry, now, *words, form["whom"]))
    _event(
        run, who, "contact", "contacts.log", family, entry=entry, outcome=form["outcome"], fields=""
    )
    run("COMMIT")
    return "302 Found", [("Location", f"/families/{reference}/contacts")], b""
