"""Link workers: ask one, see the queue, say what came of it, hear of it (E03, E04)."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, PostInSight
from coordinator.forms.link_requests import AnswerForm, AskForm
from coordinator.reads import directory, families, involvements, link_pairs, my_cases
from coordinator.reads import link_requests as reads
from coordinator.reads.post_cards import PostCard
from coordinator.services import link_requests
from coordinator.services.link_requests import Answer, Asked
from coordinator.vocabulary import LinkHelp, LinkOutcome, PostKind
from coordinator.working_days import working_days_from

bp = Blueprint("link_requests", __name__)

ACTS = (
    Permission.LINK_REQUESTS_ANSWER,
    Permission.LINK_REQUESTS_WITHDRAW,
    Permission.LINK_REQUESTS_HEAR,
)
DAYS_TO_ANSWER = 2


@bp.get("/link-requests")
@requires(Permission.LINK_REQUESTS_LIST)
def index(visit: Visit) -> Page:
    """Show what waits for me as a link worker, and what I asked."""
    answers = PostKind.LINK_WORKER in visit.actor.posts
    return page(
        "link_requests/index.html",
        queue=reads.queue(visit.session, visit.actor, visit.moment),
        answers=answers,
        may_count=decide(visit.actor, Permission.LINK_FIGURES_READ).allowed,
        pairs=link_pairs.of_mine(visit.session, visit.actor, visit.moment) if answers else (),
        reads_pairs=decide(visit.actor, Permission.PAIRS_READ).allowed,
        reads_difficulties=decide(visit.actor, Permission.DIFFICULTIES_READ).allowed,
    )


@bp.route("/families/<family>/link-requests/ask", methods=["GET", "POST"])
@requires(Permission.LINK_REQUESTS_ASK)
def ask(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Ask a link worker about a family."""
    workers = involvements.workers(visit.session, visit.moment, family)
    posts = directory.link_workers_of_partner(
        visit.session,
        visit.actor,
        visit.actor.agency_kind,
        visit.moment,
        {worker.team_id for worker in workers},
    )
    ours = visit.actor.acting_as.agency_name if visit.actor.acting_as else ""
    colleagues = [
        (worker.reference, f"{worker.name}, {worker.what}, {worker.agency}")
        for worker in sorted(workers, key=lambda w: w.agency_id == visit.actor.agency_id)
        if worker.account_id != visit.actor.account_id
    ]
    offered = [
        (post.reference, *_who(post)) for post in sorted(posts, key=lambda one: one.agency == ours)
    ]
    theirs = [post.reference for post in posts if post.agency != ours]
    form = AskForm(
        data={
            "post": _named("post", [one[0] for one in offered])
            or (theirs[0] if len(theirs) == 1 else None),
            "about": _named("about", [one[0] for one in colleagues]),
            "help": LinkHelp.CHASE.value if request.args.get("about") else None,
            "by_on": working_days_from(visit.moment.today, DAYS_TO_ANSWER),
        }
    )
    form.post.offer(offered)
    form.about.offer([("", "Nobody in particular"), *colleagues])
    if form.is_sent():
        with form.refusals():
            reference = link_requests.ask(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                Asked(
                    form.post.data or "",
                    LinkHelp(form.help.data),
                    form.what.data or "",
                    form.by_on.data or visit.moment.today,
                    form.about.data or "",
                ),
            )
            flash("The link worker is asked. The answer comes on your Today page.", "success")
            return redirect(f"/link-requests/{reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Ask the link worker",
        intro="A link worker gets you to somebody of the other agency, and then steps aside.",
        submit="Ask",
        back=f"/families/{family.reference}",
    )


@bp.get("/directory/posts/<post>/ask")
@requires(Permission.DIRECTORY_READ)
def from_directory(visit: Visit, post: PostInSight) -> Page | Response:
    """Say about which of one's families a link worker is asked."""
    card = directory.post(visit.session, visit.actor, post, visit.moment)
    if card.kind is not PostKind.LINK_WORKER:
        return redirect(f"/directory/posts/{post.reference}")
    return page(
        "link_requests/which_family.html",
        post=card,
        cases=list(my_cases.mine(visit.session, visit.actor, visit.moment).values())
        if visit.actor.is_practitioner
        else [],
    )


@bp.get("/link-requests/<link_request>")
@requires(Permission.LINK_REQUESTS_READ)
def show(visit: Visit, link_request: LinkRequestInSight) -> Page:
    """Show a request, the attempts that it names, and what came of it."""
    return page(
        "link_requests/show.html",
        bar=families.bar(visit.session, link_request.family),
        tab="contacts",
        request=reads.one(visit.session, visit.actor, visit.moment, link_request),
        received=link_request.received,
        may={act.value for act in ACTS if decide(visit.actor, act, link_request).allowed},
    )


@bp.route("/link-requests/<link_request>/answer", methods=["GET", "POST"])
@requires(Permission.LINK_REQUESTS_ANSWER)
def answer(visit: Visit, link_request: LinkRequestInSight) -> Page | Response:
    """Say what came of it; who asked is told."""
    form = AnswerForm()
    if form.is_sent():
        with form.refusals():
            link_requests.answer(
                visit.session,
                visit.actor,
                visit.moment,
                link_request,
                Answer(LinkOutcome(form.outcome.data), form.said.data or "", form.call_at),
            )
            flash("Who asked is told.", "success")
            return redirect("/link-requests")
    return page(
        "link_requests/answer.html",
        bar=families.bar(visit.session, link_request.family),
        form=form,
        row=reads.one(visit.session, visit.actor, visit.moment, link_request).row,
        title="What came of it?",
        submit="Close the request",
        back=f"/link-requests/{link_request.reference}",
    )


@bp.post("/link-requests/<link_request>/withdraw")
@requires(Permission.LINK_REQUESTS_WITHDRAW)
def withdraw(visit: Visit, link_request: LinkRequestInSight) -> Response:
    """Say that the help is no longer needed."""
    link_requests.withdraw(visit.session, visit.actor, visit.moment, link_request)
    flash("The request is closed.", "success")
    return redirect(f"/link-requests/{link_request.reference}")


@bp.post("/link-requests/<link_request>/heard")
@requires(Permission.LINK_REQUESTS_HEAR)
def hear(visit: Visit, link_request: LinkRequestInSight) -> Response:
    """Say that the answer is read."""
    link_requests.hear(visit.session, visit.moment, link_request)
    flash("It is off your Today page.", "success")
    return redirect("/today")


def _named(name: str, offered: list[str]) -> str | None:
    """Return what the address names, if it is offered."""
    asked_for = request.args.get(name, "")
    return asked_for if asked_for in offered else None


def _who(post: PostCard) -> tuple[str, str]:
    """Return who answers for a post, and what they can and cannot do, and when (E03)."""
    if post.holder and not (post.holder.away_until and post.deputy):
        who = post.holder.name
    else:
        who = f"{post.deputy.name}, deputy" if post.deputy else "Vacant: the manager answers"
    words = {"Can": post.can_do, "Cannot": post.cannot_do, "Hours": post.cover_hours}
    told = [f"{label}: {text.removesuffix('.')}." for label, text in words.items() if text]
    return who, " ".join([f"{post.team}.", *told])
