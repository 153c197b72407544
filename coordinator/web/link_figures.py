"""Figures for managers and link workers: what link workers are asked, and who starts contact."""

from flask import Blueprint, request

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import contact_balance, difficulties, link_figures

bp = Blueprint("link_figures", __name__)


@bp.get("/link-requests/figures")
@requires(Permission.LINK_FIGURES_READ)
def index(visit: Visit) -> Page:
    """Show what link workers were asked, how long it took, and whether two workers then talked."""
    return page(
        "link_figures/index.html",
        figures=link_figures.of_teams(visit.session, visit.actor, visit.moment),
        difficulties=difficulties.board(visit.session, visit.moment).counts,
        manages=bool(visit.actor.managed_team_ids),
    )


@bp.get("/contact-balance")
@requires(Permission.CONTACT_BALANCE_READ)
def balance(visit: Visit) -> Page:
    """Show who starts contact, by team."""
    days = next(
        (one for one in contact_balance.PERIODS if str(one) == request.args.get("days")),
        contact_balance.PERIODS[0],
    )
    return page(
        "link_figures/balance.html",
        balance=contact_balance.of_my_teams(visit.session, visit.actor, visit.moment, days),
        periods=contact_balance.PERIODS,
    )
