"""Checks of columns that members, businesses and partners share."""

from django.db import models
from django.db.models import Q

NIK_SHAPE = r"^\d{16}$"
THREE_DIGITS = r"^\d{3}$"
WITH_COUNTRY = r"^\+\d{8,15}$"


def neighbourhood() -> list[models.CheckConstraint]:
    """RT and RW have three digits, or none are known."""
    return [
        models.CheckConstraint(
            name=f"%(app_label)s_%(class)s_{column}_has_3_digits",
            condition=Q((column, "")) | Q((f"{column}__regex", THREE_DIGITS)),
        )
        for column in ("rt", "rw")
    ]


def phone_with_country() -> models.CheckConstraint:
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_phone_with_country", condition=Q(phone="") | Q(phone__regex=WITH_COUNTRY)
    )


def has_a_name() -> models.CheckConstraint:
    return models.CheckConstraint(name="%(app_label)s_%(class)s_has_a_name", condition=~Q(name=""))
