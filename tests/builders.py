"""Test data made through the services, with visible defaults and nothing random."""

from core.models import User
from core.services import create_user


def a_user(role, *, username=None, name=None) -> User:
    """Somebody with a login; the password is `rahasia-sekali`."""
    return create_user(
        username=username or role,
        name=name or str(role).title(),
        role=role,
        password="rahasia-sekali",
        must_change_password=False,
    )
