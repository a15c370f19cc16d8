from django.apps import AppConfig
from django.core import checks


class KokkmasConfig(AppConfig):
    name = "kokkmas"

    def ready(self):
        from kokkmas.keeping.checks import owner_is_somebody_else, runtime_role_is_small

        checks.register(owner_is_somebody_else, checks.Tags.security, deploy=True)
        checks.register(runtime_role_is_small, checks.Tags.database, deploy=True)
