"""The pages for what goes wrong: a sentence, a way on, and nothing of what was asked for."""

from typing import Any

import structlog
from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from coordinator.access.pages import page, shown

log = structlog.get_logger()

NUMBERS = ("/leads", "Numbers to call, now and on paper")

SENTENCES = {
    400: ("This form could not be read", "Go back, check what you entered and send it again."),
    404: (
        "Page not found",
        (
            "Check the address. If you followed a link, the page may have moved, or it may not be"
            " open to you."
        ),
    ),
    405: ("This address takes no such request", "Go back and use the buttons on the page."),
    413: (
        "That is too much text",
        "Go back and make it shorter: a form holds about 500,000 characters in all, and no file.",
    ),
    415: (
        "No file can be kept here",
        (
            "Coordinator keeps words: no video, no picture, no document. Go back and write in a few"
            " words what it shows. Nothing was saved."
        ),
    ),
    429: ("Too many tries", "Wait a little and try again."),
}


def explain_problems(app: Flask) -> None:
    """Give the app its error pages."""

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> Response:
        return _problem(
            400,
            "This form is too old",
            "It was made before you signed in, or by another site. Go back, load the page again "
            "and send it once more.",
        )

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        if code == 404:
            return shown(page("not_found.html", 404))
        title, message = SENTENCES.get(code, SENTENCES[400])
        return _problem(code, title, message)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Any:
        if app.testing:
            raise error
        unavailable = type(error).__module__.startswith(("sqlalchemy", "sqlite3", "psycopg"))
        # Only the kind of the error: its text may hold what somebody typed.
        log.error("failed", endpoint=request.endpoint, error=type(error).__name__)
        if unavailable:
            return _problem(
                503,
                "Coordinator cannot reach its records",
                "Nothing was shown and nothing was saved. Try again in a minute. If you are "
                "worried about a child now, phone your safeguarding lead or the duty team.",
                NUMBERS,
            )
        return _problem(
            500,
            "Something went wrong",
            "Nothing was saved. Go back and try again; if it happens again, tell your "
            "administrator when it happened.",
        )


def _problem(
    code: int, title: str, message: str, what_next: tuple[str, str] | None = None
) -> Response:
    return shown(page("error.html", code, title=title, message=message, what_next=what_next))
