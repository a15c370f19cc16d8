"""The second factor: the changing code of a telephone, and printed recovery codes for the day it is lost."""

import pyotp
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from pyotp.exceptions import OTPVerificationError

from core import audit, dates
from core.errors import Refused
from core.models import RecoveryCode, SecondFactor, User
from core.notices import tell

CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Easy to read out over the telephone: none that look like another."""


class FactorRefused(Refused):
    """A second factor that cannot be set up or taken away now; the sentence says what to do."""


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(user: User, secret: str) -> str:
    """What the square says to the telephone's application."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="KOKKMAS")


@transaction.atomic
def set_up_second_factor(user: User, *, secret: str, code: str) -> list[str]:
    """Keep the secret once the telephone shows its code; return the recovery codes, which are shown this once."""
    step = _step_of(secret, code)
    if step is None:
        raise FactorRefused(_("This is not the code that the application shows now. Type the next one."), field="code")
    try:
        with transaction.atomic():
            SecondFactor.objects.create(user=user, secret=secret, last_step=step, at=dates.now())
    except IntegrityError as error:
        raise FactorRefused(_("A second factor is set up already.")) from error
    audit.record("user.second_factor_set_up", user, by=user)
    _tell(user, _("A second factor was set up for your login."))
    return _new_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """New codes for the drawer; the earlier ones stop working."""
    if not user.has_second_factor():
        raise FactorRefused(_("Set up the second factor first."))
    audit.record("user.recovery_codes_renewed", user, by=user)
    _tell(user, _("New recovery codes were made for your login."))
    return _new_codes(user)


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """Take it away: a lost telephone, or a new one that is set up next."""
    if not SecondFactor.objects.filter(user=user, removed_at=None).update(removed_at=dates.now()):
        return
    RecoveryCode.objects.filter(user=user, used_at=None).update(used_at=dates.now())
    audit.record("user.second_factor_removed", user, by=by)
    _tell(user, _("The second factor of your login was removed."))


@transaction.atomic
def prove(user: User, *, code: str) -> bool:
    """Whether `code` is the telephone's of now, or a recovery code. Each counts once, also when two come at once."""
    code = "".join(code.split()).replace("-", "").lower()
    factor = SecondFactor.objects.filter(user=user, removed_at=None).first()
    if factor is None:
        return False
    if (step := _step_of(factor.secret, code)) is not None:
        return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))
    found = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at=None)
    if not found.update(used_at=dates.now()):
        return False
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    audit.record("user.recovery_code_used", user, by=user, left=left)
    _tell(user, _("A recovery code of your login was used; {left} are left.").format(left=left))
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The half minute that a code belongs to: this one, the one before or the one after."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=dates.now(), valid_window=1)
    except OTPVerificationError:
        return None


def _new_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user, used_at=None).update(used_at=dates.now())
    codes = [get_random_string(10, LETTERS) for _number in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(code: str) -> str:
    return salted_hmac("core.recovery_code", code, algorithm="sha256").hexdigest()


def _tell(user: User, text: str) -> None:
    tell(user, text + " " + _("If it was not you, tell another officer at once."), url=reverse("account"))
