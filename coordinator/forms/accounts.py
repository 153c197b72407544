"""Signing in, setting up, and what an administrator says of an account."""

from coordinator.forms.base import Form
from coordinator.forms.fields import CleanStringField, EmailAddressField, SecretField, required


class SignInForm(Form):
    """E-mail and password."""

    email = EmailAddressField(
        "E-mail address",
        [required("Enter your e-mail address")],
        render_kw={"params": {"autocomplete": "username"}},
    )
    password = SecretField("Password", [required("Enter your password")])


class CodeForm(Form):
    """A code from the second factor."""

    code = CleanStringField(
        "Code from your app",
        [required("Enter the six digits that your app shows")],
        limit=20,
        render_kw={"params": {"autocomplete": "one-time-code", "inputmode": "numeric"}},
    )


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown, pasted and kept by a password manager."""

    new_password = SecretField("New password", [required("Enter a new password")], new=True)
