"""Ask a colleague: general questions, and answers that anybody finds again (E26)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.question_rules import QuestionInSight
from coordinator.forms.base import Form
from coordinator.forms.questions import NO_FAMILY, AnswerForm, AskForm, CorrectionForm
from coordinator.reads import questions as reads
from coordinator.reads.directory import PARTNERS
from coordinator.services import questions
from coordinator.vocabulary import AgencyKind, Topic
from coordinator.web.lists import asked, page_number

bp = Blueprint("questions", __name__)


@bp.get("/questions")
@requires(Permission.QUESTIONS_READ)
def index(visit: Visit) -> Page:
    """Show what a search finds, or what waits for an answer and what was answered lately."""
    words, number = asked("q"), page_number()
    found, more = reads.found(visit.session, visit.moment, words, number)
    return page(
        "questions/index.html",
        q=words,
        number=number,
        found=found,
        more=more,
        waiting=() if words or number > 1 else reads.waiting(visit.session, visit.moment),
    )


@bp.route("/questions/ask", methods=["GET", "POST"])
@requires(Permission.QUESTIONS_ASK)
def ask(visit: Visit) -> Page | Response:
    """Ask a question without family details."""
    partner = PARTNERS.get(visit.actor.agency_kind) if visit.actor.agency_kind else None
    form = AskForm(data={"asked_of": partner.value if partner else None})
    if form.is_sent():
        with form.refusals():
            reference = questions.ask(
                visit.session,
                visit.actor,
                visit.moment,
                Topic(form.topic.data),
                AgencyKind(form.asked_of.data),
                form.text.data or "",
            )
            flash("Your question is sent. The answer will stand here.", "success")
            return redirect(f"/questions/{reference}")
    return page(
        "form_page.html",
        form=form,
        title="Ask a colleague",
        intro="A link worker or a champion answers. Everybody in both agencies can read the"
        " question, with your role and agency and not your name.",
        submit="Ask",
        back="/questions",
    )


@bp.get("/questions/<question>")
@requires(Permission.QUESTIONS_READ)
def show(visit: Visit, question: QuestionInSight) -> Page:
    """Show a question, its answer, and how the answer was before."""
    shown = reads.one(visit.session, visit.actor, visit.moment, question)
    return page("questions/question.html", question=shown)


@bp.route("/questions/<question>/answer", methods=["GET", "POST"])
@requires(Permission.QUESTIONS_ANSWER)
def answer(visit: Visit, question: QuestionInSight) -> Page | Response:
    """Answer a question, or correct its answer."""
    shown = reads.one(visit.session, visit.actor, visit.moment, question)
    corrects = bool(shown.version)
    form = (CorrectionForm if corrects else AnswerForm)(
        data={"version": shown.version, "text": shown.line.answer}
    )
    home = f"/questions/{question.reference}"
    if form.is_sent():
        with form.refusals():
            questions.answer(
                visit.session,
                visit.actor,
                visit.moment,
                question,
                form.version.data,
                form.text.data or "",
                (form.why.data or "") if isinstance(form, CorrectionForm) else "",
            )
            flash("Your answer is kept. Anybody can find it.", "success")
            return redirect(home)
    return page(
        "questions/answer.html",
        form=form,
        question=shown,
        title="Correct the answer" if corrects else "Answer a colleague",
        submit="Keep the answer",
        back=home,
    )


@bp.post("/questions/<question>/still-right")
@requires(Permission.QUESTIONS_ANSWER)
def still_right(visit: Visit, question: QuestionInSight) -> Response:
    """Say that an answer is still right."""
    form = Form()
    with form.refusals():
        questions.still_right(visit.session, visit.moment, question)
        flash("Thank you. The answer says that it was looked at today.", "success")
    return redirect(f"/questions/{question.reference}")


@bp.route("/questions/<question>/withdraw", methods=["GET", "POST"])
@requires(Permission.QUESTIONS_WITHDRAW)
def withdraw(visit: Visit, question: QuestionInSight) -> Page | Response:
    """Take a question and its answers away."""
    form = Form()
    if form.is_sent():
        questions.withdraw(visit.session, visit.moment, question)
        flash("The question and its answers are gone.", "success")
        return redirect("/questions")
    return page(
        "form_page.html",
        form=form,
        title="Take the question away?",
        intro=[
            "Nobody finds it or its answers any more. Do this when it leads to a family.",
            f"A question has {NO_FAMILY[:1].lower()}{NO_FAMILY[1:]}",
        ],
        submit="Take it away",
        style="warning",
        back=f"/questions/{question.reference}",
    )
