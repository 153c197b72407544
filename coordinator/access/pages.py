"""What a view may answer with, and how it becomes a response once the look is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from coordinator.trail import Subject


@dataclass(frozen=True)
class Page:
    """A page that a view wants shown.

    `status` is 200 for a GET and 422 for a form shown again, unless said otherwise.  `looked_at`
    names what is looked at where the URL does not; `record` writes something else than a look.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int | None = None
    looked_at: Subject | None = None
    record: Callable[[Session], None] | None = None

    @property
    def conflict(self) -> bool:
        """Whether it shows a form that somebody else's change stopped."""
        return getattr(self.values.get("form"), "conflict", None) is not None


@dataclass(frozen=True)
class Download:
    """A file that a view wants sent; `outcome`, and the `reason` that was asked, go into the trail.

    `about` names whom or what it is about where the URL's record does not stand in the trail.
    A body in parts is read and sent a part at a time, once the download stands in the trail.
    """

    name: str
    mimetype: str
    body: str | bytes | Iterator[bytes]
    outcome: str = "downloaded"
    about: Subject | None = None
    reason: str | None = None


def page(
    template: str,
    status: int | None = None,
    *,
    looked_at: Subject | None = None,
    record: Callable[[Session], None] | None = None,
    **values: Any,
) -> Page:
    """Return a page with these values."""
    return Page(template, values, status, looked_at, record)


def shown(answer: Page | Download) -> Response:
    """Render a page or a download."""
    if isinstance(answer, Download):
        body = answer.body
        parts = body if isinstance(body, str | bytes) else stream_with_context(body)
        response = Response(parts, mimetype=answer.mimetype)
        response.headers["Content-Disposition"] = f'attachment; filename="{answer.name}"'
        return response
    status = answer.status
    if status is None and request.method == "POST":
        status = 409 if answer.conflict else 422
    return Response(render_template(answer.template, **answer.values), status or 200)
