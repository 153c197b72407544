"""The library: what kinds of documents it holds."""

from coordinator.vocabulary.word import Word


class DocumentKind(Word):
    """What a document of the library is (E32)."""

    PROTOCOL = "protocol", "Protocol"
    POLICY = "policy", "Policy"
    FORM = "form", "Form"
    GUIDANCE = "guidance", "Guidance"
    ROLE_CARD = "role-card", "What an agency does"
    GLOSSARY = "glossary", "Words we use"


# There is one of these for each kind of agency, or one for all; others are as many as are added.
STANDING_KINDS = (DocumentKind.ROLE_CARD, DocumentKind.GLOSSARY)
