"""Measures for managers and leads: the figures, one with its months, and the rows behind."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.forms.measures import ANY_TEAM, MeasuresForm
from coordinator.reads.measures import counts, figures, rows
from coordinator.reads.measures.catalogue import MEASURES
from coordinator.reads.measures.counts import Where
from coordinator.reads.measures.figures import Figure
from coordinator.reads.measures.frame import Measure
from coordinator.vocabulary import MeasurePeriod
from coordinator.web.charts import chart
from coordinator.web.lists import page_number

bp = Blueprint("measures", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `question` is it again, for the addresses of other pages."""

    form: MeasuresForm
    where: tuple[Where, ...]
    period: MeasurePeriod
    team: Where | None
    question: str
    status: int


@bp.get("/measures")
@requires(Permission.MEASURES_READ)
def index(visit: Visit) -> Page:
    """Show the figures, and whether what was agreed is kept up."""
    asked = _ask(visit)
    return _page(
        "measures/index.html",
        asked,
        shown=figures.of_all(
            visit.session,
            visit.actor,
            visit.moment,
            MEASURES.values(),
            asked.period,
            asked.where,
            asked.team,
        ),
    )


@bp.get(f"/measures/<any({','.join(MEASURES)}):measure>")
@requires(Permission.MEASURES_READ)
def one(visit: Visit, measure: str) -> Page:
    """Show one measure: by team, month by month, and what it counts."""
    asked, number = _ask(visit), page_number()
    chosen = MEASURES[measure]
    here = (visit.session, visit.actor, visit.moment, chosen, asked.period)
    detail = figures.of_one(*here, asked.where, asked.team)
    return _page(
        "measures/one.html",
        asked,
        detail=detail,
        chart=chart(
            [f"{point.month.until.day} {point.month.until:%b}" for point in detail.line],
            {
                name: [_value(chosen, point.agencies[place][1]) for point in detail.line]
                for place, (name, _) in enumerate(detail.shown.agencies)
            },
            "%" if chosen.met else "",
        ),
        behind=rows.behind(*here, asked.team, number),
        number=number,
    )


@bp.get("/measures/meeting")
@requires(Permission.MEASURES_READ)
def meeting(visit: Visit) -> Page:
    """Show the figures for the meeting of both managers, to be printed on two sheets."""
    asked = _ask(visit)
    here = (visit.session, visit.actor, visit.moment, MEASURES.values(), asked.period)
    return _page(
        "measures/meeting.html",
        asked,
        shown=figures.of_all(*here, asked.where, asked.team),
        today=visit.moment.today,
    )


def _value(measure: Measure, figure: Figure) -> int | None:
    """Return what a month's point stands for; None where nothing is told."""
    return figure.share if measure.met or figure.hidden else figure.all


def _ask(visit: Visit) -> Asked:
    """Read the question from the address; what cannot be understood stands beside its field."""
    where = counts.teams(visit.session)
    form = MeasuresForm(request.args)
    form.team.offer([ANY_TEAM, *((one.reference, f"{one.name}, {one.agency}") for one in where)])
    valid = form.validate()
    chosen = form.period.data if valid else ""
    period = MeasurePeriod(chosen or MeasurePeriod.QUARTER)
    team = next((one for one in where if valid and one.reference == form.team.data), None)
    asked = {"period": period.value} | ({"team": team.reference} if team else {})
    form.period.data = form.period.data or period.value
    return Asked(form, where, period, team, urlencode(asked), 200 if valid else 422)


def _page(template: str, asked: Asked, **shown: Any) -> Page:
    return page(
        template,
        asked.status,
        form=asked.form,
        period=asked.period,
        team=asked.team,
        question=asked.question,
        **shown,
    )
