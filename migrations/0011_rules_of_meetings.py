"""The tables of meetings, guests and clocks stand behind the third wall too.

Revision: 0011, after 0010.
"""

from coordinator.models.row_rules import bind, of_a_family, of_an_entry, unbind

revision = "0011"
down_revision = "0010"
branch_labels = ()
depends_on = None

RULES = {
    "guests": of_a_family("guests.family_id"),
    **{
        table: of_an_entry(f"{table}.{column}")
        for table, column in {
            "board_entries": "id",
            "child_statuses": "id",
            "conference_outcomes": "id",
            "deadlines": "id",
            "guest_disclosures": "sharing_id",
            "guest_names": "meeting_id",
            "guest_passes": "meeting_id",
            "invitation_parts": "part_id",
            "minutes": "id",
            "not_asked": "meeting_id",
            "part_attendances": "part_id",
        }.items()
    },
    # That there is a closed part, and how long it is, is for everybody who reads the meeting; its
    # words are left out by access/agenda.py.
    "agenda_parts": f"{of_an_entry('agenda_parts.id')} OR {of_an_entry('agenda_parts.meeting_id')}",
    # Whether somebody may be asked to a meeting follows from answers of people who tell it to
    # nobody (access/inclusion.py); who reads the answers themselves is for the scope alone.
    "needs": "(SELECT true FROM entries e WHERE e.id = needs.id)",
}


def upgrade() -> None:
    """Bind each table."""
    bind(RULES)


def downgrade() -> None:
    """Take the rules away."""
    unbind(RULES)
