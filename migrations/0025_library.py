"""The library: documents with versions, owners and readers; the first role cards and words.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = ()
depends_on = None

TABLES = ("document_readings", "document_owners", "document_versions", "documents")
KINDS = ("protocol", "policy", "form", "guidance", "role-card", "glossary")

# The first words; the posts that look after them write the next version in the area's own.
MENTAL_HEALTH = """# What we must do
- Treat and support an adult with a serious mental illness, and plan that care with them.
- Ask about children and about caring for them, at the first assessment and at every review.
- Work together with children’s social care to keep children safe (Children Act 2004, section 11), \
and share what that needs.
- Come to child protection conferences and core groups about the children of the adults we see, or \
send a report.

# What we cannot do
- Assess whether a child is safe, or say that a parent can look after a child. We can say what the \
illness does and what helps.
- Keep somebody in hospital because others would find it easier: the law sets the conditions.
- See somebody at once who is not in a crisis. The duty line says what can be done today.
- Tell everything we know. We tell what the purpose needs, and say when we hold something back.

# What to expect, and by when
- A care coordinator or another named worker, and a deputy when they are away.
- The duty line answers in working hours; the crisis team at any other time.
- An answer to a request for information by its date, or a word why not.
- An invitation to care programme and discharge meetings while you work with the family.

# Words we use
- Care coordinator: the worker who keeps an adult’s care plan together.
- Care plan: what the team and the adult agreed to do.
- Crisis plan: the early signs, and what to do when they come.
- Section (of the Mental Health Act 1983): treatment in hospital that the law allows against \
somebody’s will.
"""
CHILDRENS = """# What we must do
- Decide within one working day what happens with a referral, and tell who sent it.
- Assess the needs of a child who may need help (Children Act 1989, section 17).
- Make enquiries when a child may suffer significant harm (section 47), with the police and health.
- Keep a child’s plan under review, and hear the child.

# What we cannot do
- Diagnose or treat a parent, or say how an illness will go on.
- Take a child from home because a parent is ill. A court decides, and harm has to be shown.
- Act on a worry that nobody tells us. Talk to us first if you are not sure.
- Promise that a parent’s name stays out of it: families may read what is written about them.

# What to expect, and by when
- A named social worker, and the duty desk when they are away.
- An assessment within 45 working days, and sooner when a child needs it.
- After a section 47 enquiry, a conference within 15 working days of the strategy discussion; then \
a core group within 10 working days.
- An invitation to every conference and core group about a family that you work with.

# Words we use
- Child in need: a child who needs services to grow up well; the family agrees to the help.
- Child protection plan: what has to change so that a child is safe, kept by a core group.
- Looked-after child: a child who is cared for by the council.
- Strategy discussion: police, health and social care decide together whether to make enquiries.
"""
WORDS = """# Care coordinator
The worker of the mental health team who keeps an adult’s care plan together, knows the whole of \
it, and is the first to call. They do not decide whether a child is safe.

# Care programme approach
How mental health teams used to plan care for people with complex needs. Many teams now call it \
care planning; the care coordinator or key worker stays.

# Child in need
A child who needs services to grow up well (Children Act 1989, section 17). The family agrees to \
the help, and a plan says who gives it.

# Child protection conference
A meeting chaired by somebody who does not work with the family. It decides whether a child needs a \
child protection plan. The parents are there for as much of it as is safe.

# Child protection plan
What has to change so that a child is safe, by when, and who helps. A core group keeps it.

# Core group
The people who carry out a child protection plan: the social worker, the parents, and everybody who \
gives a part of the help. It meets first within 10 working days of the conference.

# Discharge
The end of a stay in hospital, or of a team’s help. It is planned with those who stay.

# Link worker
Somebody in one agency whom the other may call to be introduced, to learn how things are done, or \
to find the right person. The aim is that the two workers then talk directly.

# Quorate
Enough of the people whom the rules name are there, so that a conference can decide.

# Safeguarding lead
Whom to talk to in your own agency when you are worried, and when you are not sure what to share.

# Section 47
Enquiries that children’s social care must make when a child may suffer significant harm (Children \
Act 1989).

# Social worker
The worker of children’s social care who plans with a child and their family, and answers for the \
child’s plan. They do not treat the parent.

# Strategy discussion
Police, health and social care decide together whether a child may suffer significant harm, and \
what to do now.

# Therapist or psychologist
Works on one part of a care plan with the adult, or with the family. Somebody else keeps the whole \
of it together.
"""
FIRST = (
    (
        "role-card",
        "cmht",
        "What the mental health team does",
        "Social workers, and everybody who works with children",
        "What a community mental health team must do, cannot do and may be expected to do.",
        MENTAL_HEALTH,
    ),
    (
        "role-card",
        "csc",
        "What children’s social care does",
        "Mental health workers, and everybody who works with adults",
        "What children’s social care must do, cannot do and may be expected to do.",
        CHILDRENS,
    ),
    (
        "glossary",
        None,
        "Words we use",
        "Everybody",
        "What the words of both agencies mean, in plain English.",
        WORDS,
    ),
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "documents",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("kind", _words("documentkind", *KINDS), nullable=False),
        sa.Column("agency_kind", _words("agencykind", "cmht", "csc", "host"), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'role-card') = (agency_kind IS NOT NULL)",
            name=op.f("ck_documents_a_card_is_of_an_agency"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("agency_kind", name=op.f("uq_documents_agency_kind")),
        sa.UniqueConstraint("reference", name=op.f("uq_documents_reference")),
    )
    op.create_table(
        "document_versions",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("for_whom", sa.String(length=200), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(length=400), nullable=False),
        sa.Column("what_changed", sa.String(length=400), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _leads_to("document_versions", "document_id", "documents"),
        _leads_to("document_versions", "set_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_document_versions_document_id_number")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_document_versions_reference")),
    )
    op.create_index(op.f("ix_document_versions_set_by_id"), "document_versions", ["set_by_id"])
    op.create_table(
        "document_owners",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        _leads_to("document_owners", "document_id", "documents"),
        _leads_to("document_owners", "post_id", "posts"),
        sa.PrimaryKeyConstraint("document_id", "post_id", name=op.f("pk_document_owners")),
    )
    op.create_index(op.f("ix_document_owners_post_id"), "document_owners", ["post_id"])
    op.create_table(
        "document_readings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        _leads_to("document_readings", "version_id", "document_versions"),
        _leads_to("document_readings", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("version_id", "account_id", name=op.f("pk_document_readings")),
    )
    op.create_index(op.f("ix_document_readings_account_id"), "document_readings", ["account_id"])
    _first_documents()


def downgrade() -> None:
    """Take this revision back, with what the library holds."""
    for table in TABLES:
        op.drop_table(table)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _first_documents() -> None:
    names = ("id", "reference", "kind", "agency_kind", "number", "version")
    documents = sa.table("documents", *(sa.column(name) for name in names))
    said = ("title", "for_whom", "asks", "body", "kept_at", "what_changed")
    versions = sa.table(
        "document_versions",
        *(sa.column(name) for name in ("reference", "document_id", "number", *said)),
    )
    for number, (kind, whose, *words) in enumerate(FIRST, 1):
        op.execute(
            documents.insert().values(
                reference=f"DCMNT{number:04}", kind=kind, agency_kind=whose, number=1, version=1
            )
        )
        found = sa.select(documents.c.id).where(documents.c.reference == f"DCMNT{number:04}")
        op.execute(
            versions.insert().values(
                reference=f"DCVER{number:04}",
                document_id=found.scalar_subquery(),
                number=1,
                **dict(zip(said, (*words, "", ""), strict=True)),
            )
        )
