"""What people type to sign in and about themselves."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, SelectField, StringField, TelField

from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import lazy_gettext as _l

LANGUAGES = (("th", _l("Thai")), ("en", _l("English")))


class SignInForm(Form):
    """User name or e-mail address, and the password."""

    login = StringField(_l("User name or e-mail address"), [Required(), AtMost(254)])
    password = PasswordField(_l("Password"), [Required(), AtMost(400)])


class LanguageForm(Form):
    """The language to speak and the page to come back to."""

    language = HiddenField()
    next = HiddenField()


class ProfileForm(ActionForm):
    """What a person may change about themselves."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    phone = TelField(_l("Telephone"), [AtMost(40)])
    language = SelectField(_l("Language"), choices=LANGUAGES)


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(_l("New password"), [Required(), AtMost(400)])
    again = PasswordField(_l("New password once more"), [Required(), AtMost(400)])


class ChangePasswordForm(NewPasswordForm):
    """The present password and the new one."""

    present = PasswordField(_l("Present password"), [Required(), AtMost(400)])


class ForgotForm(Form):
    """Whose password is forgotten."""

    login = StringField(_l("User name or e-mail address"), [Required(), AtMost(254)])
