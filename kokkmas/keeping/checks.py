"""`check --deploy` refuses a runtime role that could bend what guards it."""

from django.conf import settings
from django.core import checks

from kokkmas.keeping import roles


def owner_is_somebody_else(app_configs, **kwargs):
    if settings.OWNER.get("USER") == settings.RUNTIME_ROLE:
        hint = "Give OWNER_URL another role than DATABASE_URL (docs/operations/install.md)."
        return [checks.Error("The application runs as the owner of its tables.", hint=hint, id="kokkmas.E001")]
    return []


def runtime_role_is_small(app_configs, databases, **kwargs):
    """Asked by `check --deploy --database default`, because it connects."""
    return [
        checks.Error(f"The runtime role has too much: {sentence}.", hint="manage.py grant_roles", id="kokkmas.E002")
        for alias in databases or []
        for sentence in roles.excess(using=alias)
    ]
