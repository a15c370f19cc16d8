"""A supervisor borrows as every member does, and acts on nobody else's loan."""

import pytest
from django.urls import reverse

from members.services import link_login
from tests.builders import a_member_in
from tests.loans.builders import an_application

pytestmark = pytest.mark.django_db


def test_a_supervisor_borrows_and_joins_for_themselves_and_acts_on_no_loan_of_others(
    client, house, supervisor, secretary, treasurer
):
    link_login(a_member_in("Pengawas", by=treasurer), user=supervisor, by=secretary)
    theirs = an_application(a_member_in("Tono", by=treasurer), by=treasurer)
    client.force_login(supervisor)
    page = client.get(reverse("loans:apply"))
    assert page.status_code == 200
    assert "member" not in page.context["form"].fields, "nobody else is chosen"
    for name in ("withdraw", "pledge", "ask-guarantor"):
        assert client.get(reverse(f"loans:{name}", args=[theirs.pk])).status_code == 404, name
    client.force_login(treasurer)
    assert client.get(reverse("loans:withdraw", args=[theirs.pk])).status_code == 200
