from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShuConfig(AppConfig):
    name = "shu"
    verbose_name = _("SHU")
