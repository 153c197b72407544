"""Requests for information: ask, answer, judge, remind, withdraw, challenge and settle."""

from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, NoticeInSight, RequestInSight
from coordinator.errors import InvalidError
from coordinator.forms.base import Form
from coordinator.forms.information_requests import (
    AnswerForm,
    ChallengeForm,
    QuestionForm,
    RequestForm,
    SettleForm,
    VerdictForm,
)
from coordinator.reads import agendas, families, notes, request_balance
from coordinator.reads import information_requests as reads
from coordinator.services import challenges, information_requests
from coordinator.services.information_requests import Answer, Question
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AnswerKind, ChallengeOutcome, ParentTold, Verdict
from coordinator.web.lists import page_number
from coordinator.web.unsure import page_with_leads

bp = Blueprint("information_requests", __name__)

ACTS = (
    Permission.REQUESTS_ANSWER,
    Permission.REQUESTS_WITHDRAW,
    Permission.REQUESTS_CHASE,
    Permission.REQUESTS_JUDGE,
    Permission.REQUESTS_CHALLENGE,
    Permission.REQUESTS_SETTLE,
)


@bp.get("/families/<family>/requests")
@requires(Permission.REQUESTS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """List what was asked about a family, and what became of it."""
    number = page_number()
    return page(
        "information_requests/index.html",
        bar=families.bar(visit.session, family),
        tab="sharing",
        requests=reads.of_family(visit.session, visit.actor, visit.moment, family, number),
        number=number,
        may_ask=decide(visit.actor, Permission.REQUESTS_ASK, family).allowed,
    )


@bp.route("/families/<family>/requests/ask", methods=["GET", "POST"])
@requires(Permission.REQUESTS_ASK)
def ask(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Ask a worker on the case, or the duty desk of a team on it."""
    choices = reads.whom_to_ask(visit.session, visit.actor, visit.moment, family)
    of, about = (request.args.get(name, "") for name in ("of", "about"))
    view = notes.view_to_ask(visit.session, visit.actor, visit.moment, family, about)
    named = view.whom or of
    form = RequestForm(data={"whom": named if named in dict(choices) else "", "why": view.why})
    form.whom.offer([("", "Choose one"), *choices])
    if form.is_sent():
        with form.refusals():
            reference = information_requests.ask(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.whom.data or "",
                _question(form),
                view.entry_id,
            )
            return _asked(reference)
    return _form_page(
        visit,
        family,
        form,
        "information_requests/ask.html",
        title="Ask for information",
        submit="Ask",
        back=f"/families/{family.reference}/requests",
    )


@bp.route("/notices/<notice>/ask", methods=["GET", "POST"])
@requires(Permission.REQUESTS_ASK)
def ask_holder(visit: Visit, notice: NoticeInSight) -> Page | Response:
    """Ask whoever holds what a notice tells of."""
    soon = visit.moment.today + timedelta(days=SETTINGS.due_soon_days)
    form = QuestionForm(what=agendas.question(visit.session, notice), due_on=soon)
    if form.is_sent():
        with form.refusals():
            reference = information_requests.ask_holder(
                visit.session, visit.actor, visit.moment, notice, _question(form)
            )
            return _asked(reference)
    return _form_page(
        visit,
        notice.family,
        form,
        "information_requests/ask.html",
        title="Ask about what is held back",
        submit="Ask",
        back=f"/families/{notice.family.reference}/sharing",
        held=reads.held(visit.session, notice),
        internal=notice.agency_id == visit.actor.agency_id,
    )


@bp.get("/requests/<request>")
@requires(Permission.REQUESTS_READ)
def show(visit: Visit, asked: RequestInSight) -> Page:
    """Show one request, its answers, and how long they took."""
    return page(
        "information_requests/show.html",
        bar=families.bar(visit.session, asked.family),
        tab="sharing",
        asked=reads.one(visit.session, visit.actor, visit.moment, asked),
        may={act.value for act in ACTS if decide(visit.actor, act, asked).allowed},
    )


@bp.route("/requests/<request>/answer", methods=["GET", "POST"])
@requires(Permission.REQUESTS_ANSWER)
def answer(visit: Visit, asked: RequestInSight) -> Page | Response:
    """Answer: in full, in summary, not held, or declined with a reason."""
    form = AnswerForm()
    if form.is_sent():
        with form.refusals():
            told = form.parent_told.data
            information_requests.answer(
                visit.session,
                visit.actor,
                visit.moment,
                asked,
                Answer(
                    AnswerKind(form.answer.data),
                    form.text.data or "",
                    form.reason.data or "",
                    ParentTold(told) if told else None,
                    form.parent_view.data or "",
                ),
            )
            flash("Your answer is sent.", "success")
            return redirect(f"/requests/{asked.reference}")
    return _act_page(
        visit,
        asked,
        form,
        "information_requests/answer.html",
        title="Answer a request",
        submit="Send the answer",
    )


@bp.route("/requests/<request>/verdict", methods=["GET", "POST"])
@requires(Permission.REQUESTS_JUDGE)
def judge(visit: Visit, asked: RequestInSight) -> Page | Response:
    """Say whether the answer is enough."""
    form = VerdictForm(data={"verdict": asked.verdict.value if asked.verdict else None})
    if form.is_sent():
        verdict = Verdict(form.verdict.data)
        information_requests.judge(visit.session, visit.moment, asked, verdict)
        enough = verdict is Verdict.ENOUGH
        flash(
            "Thank you. It is noted."
            if enough
            else "It is noted. You can ask again, or put it before both managers.",
            "success",
        )
        return redirect(f"/requests/{asked.reference}")
    return _act_page(visit, asked, form, title="Is the answer enough?", submit="Save")


@bp.route("/requests/<request>/challenge", methods=["GET", "POST"])
@requires(Permission.REQUESTS_CHALLENGE)
def challenge(visit: Visit, asked: RequestInSight) -> Page | Response:
    """Put it before the managers of both teams."""
    form = ChallengeForm()
    if form.is_sent():
        with form.refusals():
            challenges.challenge(
                visit.session, visit.actor, visit.moment, asked, form.why.data or ""
            )
            flash("Both managers see it on their page.", "success")
            return redirect(f"/requests/{asked.reference}")
    return _act_page(
        visit,
        asked,
        form,
        title="Put it before both managers",
        intro="For when an answer is late, is declined, or does not do.",
        submit="Put it before them",
    )


@bp.route("/requests/<request>/settle", methods=["GET", "POST"])
@requires(Permission.REQUESTS_SETTLE)
def settle(visit: Visit, asked: RequestInSight) -> Page | Response:
    """Write down what both managers decided."""
    form = SettleForm()
    if form.is_sent():
        with form.refusals():
            challenges.settle(
                visit.session,
                visit.actor,
                visit.moment,
                asked,
                ChallengeOutcome(form.outcome.data),
                form.settled.data or "",
            )
            flash("It is settled. Who asked and who was asked can read it.", "success")
            return redirect(f"/requests/{asked.reference}")
    return _act_page(
        visit,
        asked,
        form,
        title="Settle a challenge",
        intro="Speak with the other manager first. One of you writes it down for both.",
        submit="Settle it",
    )


@bp.post("/requests/<request>/withdraw")
@requires(Permission.REQUESTS_WITHDRAW)
def withdraw(visit: Visit, asked: RequestInSight) -> Response:
    """Take an unanswered request back."""
    information_requests.withdraw(visit.session, asked)
    flash("The request is withdrawn.", "success")
    return redirect(f"/requests/{asked.reference}")


@bp.post("/requests/<request>/remind")
@requires(Permission.REQUESTS_CHASE)
def remind(visit: Visit, asked: RequestInSight) -> Response:
    """Remind whoever is asked of a late request."""
    try:
        information_requests.chase(visit.session, visit.moment, asked)
        flash("A reminder is on its way.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"/requests/{asked.reference}")


@bp.get("/requests")
@requires(Permission.REQUESTS_OVERSEE)
def oversee(visit: Visit) -> Page:
    """Show a manager what their teams asked and were asked, and what is late or challenged."""
    number = page_number()
    return page(
        "information_requests/oversee.html",
        balance=request_balance.by_team(visit.session, visit.actor, visit.moment),
        requests=request_balance.pressing(visit.session, visit.actor, visit.moment, number),
        number=number,
    )


def _question(form: QuestionForm) -> Question:
    return Question(
        form.what.data or "",
        form.why.data or "",
        form.decision.data or "",
        cast("Any", form.due_on.data),
    )


def _asked(reference: str) -> Response:
    flash("Your request is sent.", "success")
    return redirect(f"/requests/{reference}")


def _form_page(
    visit: Visit, family: FamilyInSight, form: Form, template: str, **values: Any
) -> Page:
    bar = families.bar(visit.session, family)
    return page_with_leads(visit, family, template, bar=bar, form=form, **values)


def _act_page(
    visit: Visit,
    asked: RequestInSight,
    form: Form,
    template: str = "information_requests/form.html",
    **values: Any,
) -> Page:
    return _form_page(
        visit,
        asked.family,
        form,
        template,
        asked=reads.one(visit.session, visit.actor, visit.moment, asked),
        back=f"/requests/{asked.reference}",
        **values,
    )
