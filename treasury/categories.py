"""What money comes in and goes out for beside the rooms' own business, put into every database after migrating."""

from django.apps import apps

from ledger import chart


def _(msgid: str) -> str:
    """Marks a name for the catalogue without needing Django here."""
    return msgid


# direction, name, account
CATEGORIES = [
    ("out", _("electricity and water"), chart.OFFICE),
    ("out", _("rent"), chart.OFFICE),
    ("out", _("stationery and copies"), chart.OFFICE),
    ("out", _("telephone and internet"), chart.OFFICE),
    ("out", _("repairs and upkeep"), chart.OFFICE),
    ("out", _("food and drink at meetings"), chart.MEETINGS),
    ("out", _("honoraria and travel"), chart.HONORARIA),
    ("out", _("bank charges"), chart.BANK_AND_TAX),
    ("out", _("taxes and duties"), chart.BANK_AND_TAX),
    ("out", _("equipment and machines"), chart.FIXED_ASSETS),
    ("in", _("grant or donation"), chart.GRANTS),
    ("in", _("gift to the social fund"), chart.SOCIAL_FUND),
    ("in", _("interest from the bank"), chart.OTHER_INCOME),
    ("in", _("other income"), chart.OTHER_INCOME),
]


def ensure_categories(using, apps=apps, **kwargs) -> None:
    """Every category of the table above, added where it is missing; safe to run twice."""
    try:
        Category = apps.get_model("treasury", "VoucherCategory")
    except LookupError:  # `migrate <another room>`: the table is not there yet
        return
    Category.objects.using(using).bulk_create(
        [Category(direction=direction, name=name, account_code=code) for direction, name, code in CATEGORIES],
        ignore_conflicts=True,
    )
