"""The list of domains to which guests' invitations may go, which an administrator keeps."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.guest_sights import GuestDomainInSight
from coordinator.access.permissions import Permission
from coordinator.forms.guest_passes import GuestDomainForm
from coordinator.reads import former_words
from coordinator.reads import guest_domains as reads
from coordinator.services import guest_domains
from coordinator.vocabulary import WordList

bp = Blueprint("guest_domains", __name__)

LIST = "/guest-domains"


@bp.get("/guest-domains")
@requires(Permission.GUEST_DOMAINS_MANAGE)
def index(visit: Visit) -> Page:
    """List the domains."""
    return page(
        "guest_domains/index.html",
        domains=reads.everything(visit.session),
        before=former_words.of(visit.session, WordList.GUEST_DOMAINS),
    )


@bp.route("/guest-domains/add", methods=["GET", "POST"])
@requires(Permission.GUEST_DOMAINS_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add a domain."""
    form = GuestDomainForm()
    if form.is_sent():
        with form.refusals():
            guest_domains.add(visit.session, form.domain.data or "", form.whose.data or "")
            flash("The domain is on the list.", "success")
            return redirect(LIST)
    return page("form_page.html", form=form, title="Add a domain", submit="Add it", back=LIST)


@bp.post("/guest-domains/<guest_domain>/remove")
@requires(Permission.GUEST_DOMAINS_MANAGE)
def remove(visit: Visit, guest_domain: GuestDomainInSight) -> Response:
    """Take a domain off the list."""
    guest_domains.remove(visit.session, visit.actor, visit.moment, guest_domain)
    flash("The domain is off the list. No more mail goes there.", "success")
    return redirect(LIST)
