"""The map of the house: every page without an argument opens for the roles that may, and for nobody else."""

import pytest
from django.urls import reverse

from core.models import User
from core.permissions import GRANTED, Role
from tests import builders
from tests.addresses import addresses


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_page_opens_for_its_roles_only(client, books, role):
    user = User.objects.filter(role=role).first() or builders.a_user(role)
    wrong = {}
    for name, view, arguments in addresses():
        if arguments:
            continue
        client.force_login(user)  # the logout page is one of them
        status = client.get(reverse(name)).status_code
        may = view.permission is None or view.permission in GRANTED[role]
        if (status == 403) == may or status >= 500:
            wrong[name] = status
    assert wrong == {}
