"""The measures of the leather trade, put into every database after migrating. Names are what Keparakan says."""

from django.apps import apps

# code, name, counted in whole numbers, how many of the counted unit
UNITS = [
    ("pair", "pasang", True, None),
    ("piece", "buah", True, None),
    ("dozen", "lusin", True, 12),
    ("kodi", "kodi", True, 20),
    ("sheet", "lembar", False, None),
    ("sqft", "kaki persegi (SF)", False, None),
    ("kg", "kg", False, None),
    ("metre", "meter", False, None),
    ("litre", "liter", False, None),
    ("roll", "rol", False, None),
    ("tin", "kaleng", False, None),
]


def ensure_units(using, apps=apps, **kwargs) -> None:
    """Every unit of the table above, added where it is missing; safe to run twice."""
    try:
        Unit = apps.get_model("pricing", "Unit")
    except LookupError:  # `migrate <another room>`: the table is not there yet
        return
    Unit.objects.using(using).bulk_create(
        [Unit(code=code, name=name, is_counted=counted, multiple=multiple) for code, name, counted, multiple in UNITS],
        ignore_conflicts=True,
    )
