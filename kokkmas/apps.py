"""What the rooms cannot wire among themselves, because they do not know each other."""

from django.apps import AppConfig

from orders import netting


class KokkmasConfig(AppConfig):
    name = "kokkmas"

    def ready(self):
        netting.register("dues", netting.Way("kokkmas.netting.options", "kokkmas.netting.pay", "kokkmas.netting.undo"))
