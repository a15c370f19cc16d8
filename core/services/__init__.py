"""What people do with their own login, and what every room does with files and tokens."""

from core.services.files import purge_spent_tokens, store
from core.services.login import end_login, log_in
from core.services.renewal import RenewalRefused, ask_for_renewal, confirm_renewal, decline_renewal
from core.services.second_factor import (
    FactorRefused,
    prove,
    remove_second_factor,
    renew_recovery_codes,
    set_up_second_factor,
)
from core.services.user import (
    PROOF,
    PROOF_HOLDS,
    EmailRefused,
    PasswordRefused,
    ask_for_email,
    change_password,
    choose_topics,
    confirm_email,
    create_user,
    proved_email,
    remove_email,
)

__all__ = [
    "PROOF",
    "PROOF_HOLDS",
    "EmailRefused",
    "FactorRefused",
    "PasswordRefused",
    "RenewalRefused",
    "ask_for_email",
    "ask_for_renewal",
    "change_password",
    "choose_topics",
    "confirm_email",
    "confirm_renewal",
    "create_user",
    "decline_renewal",
    "end_login",
    "log_in",
    "prove",
    "proved_email",
    "purge_spent_tokens",
    "remove_email",
    "remove_second_factor",
    "renew_recovery_codes",
    "set_up_second_factor",
    "store",
]
