"""Signing in, a code from the second factor, and a new password."""

from coordinator.forms.base import Form
from coordinator.forms.fields import CleanStringField, EmailAddressField, SecretField, required


class SignInForm(Form):
    """E-mail and password."""

    email = EmailAddressField(
        "Email address",
        [required("Enter your email address")],
        render_kw={"autocomplete": "username"},
    )
    password = SecretField("Password", [required("Enter your password")])


class CodeForm(Form):
    """A code from the second factor, with or without spaces."""

    code = CleanStringField(
        "Code from your app",
        [required("Enter the six digits that your app shows")],
        limit=20,
        render_kw={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "params": {"classes": "govuk-input--width-10"},
        },
    )


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown, pasted and kept by a password manager."""

    new_password = SecretField("New password", [required("Enter a new password")], new=True)
