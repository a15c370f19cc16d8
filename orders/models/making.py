"""What an order should look like, and how far it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.permissions import Permission
from orders.models.board import Surplus
from orders.models.quantities import measured
from orders.models.taking import Order, OrderLine


class LinePhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may see the order; and every reader of the board, while a part of the line is or was on offer."""
        own = Q(line__order__in=Order.objects.visible_to(user))
        offered = Q(line__in=Surplus.objects.values("line"))
        return self.filter(own | offered) if user.can(Permission.SURPLUS_VIEW) else self.filter(own)


class LinePhoto(models.Model):
    """A photo of what the buyer wants: a sample, the colour, a detail."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = LinePhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of an order")

    def __str__(self):
        return str(self.file)


class Progress(models.Model):
    """How many of a line the own workshop has made so far, by its word on that day. The latest word counts."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="progress")
    made = measured(_("made so far"))
    told_on = models.DateField(_("on"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["line", "told_on"], name="orders_progress_one_a_day"),
            models.CheckConstraint(name="orders_progress_not_negative", condition=Q(made__gte=0)),
        ]

    def __str__(self):
        return f"{self.line}: {self.made}"
