"""A member's home business: what it makes, who works there, and what they can do."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import NEVER_DELETED
from core.permissions import Permission
from members.models.columns import has_a_name, neighbourhood
from members.models.member import Member


class Skill(models.Model):
    """Something a maker can do: cutting, lasting, sewing of sandals, embossing."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("skill")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="members_skill_name_once"),
            has_a_name(),
        ]

    def __str__(self):
        return self.name


class Product(models.TextChoices):
    """What is made in Keparakan, as coarse as the register searches."""

    SANDALS = "sandals", _("sandals")
    SHOES = "shoes", _("shoes")
    BAGS = "bags", _("bags")
    BELTS = "belts", _("belts")
    WALLETS = "wallets", _("wallets")
    JACKETS = "jackets", _("jackets")
    OTHER = "other", _("other products")


class SizeClass(models.TextChoices):
    """Business size by BPS: micro 1-4 workers, small 5-19, unpaid family and the owner counted."""

    MICRO = "micro", _("micro")
    SMALL = "small", _("small")
    LARGER = "larger", _("beyond small")

    @classmethod
    def of(cls, workers: int) -> "SizeClass":
        return cls.MICRO if workers <= 4 else cls.SMALL if workers <= 19 else cls.LARGER


class BusinessQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.MEMBER_LIST) else self.filter(member__user=user)


class Business(models.Model):
    """A member's home business and what it makes."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="business")
    name = models.CharField(_("business name"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    products = ArrayField(models.CharField(max_length=10, choices=Product), verbose_name=_("products"))
    other_products = models.CharField(_("other products, in words"), max_length=120, blank=True)
    since_year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, verbose_name=_("skills"), related_name="businesses")
    version = models.PositiveIntegerField(default=1)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business")
        indexes = [GinIndex(fields=["products"], name="members_business_products")]
        constraints = [
            has_a_name(),
            models.CheckConstraint(name="members_business_makes_something", condition=Q(products__len__gt=0)),
            models.CheckConstraint(
                name="members_business_products_known", condition=Q(products__contained_by=Product.values)
            ),
            *neighbourhood(),
            models.CheckConstraint(
                name="members_business_since_a_real_year",
                condition=Q(since_year=None) | Q(since_year__gte=1900, since_year__lte=2200),
            ),
        ]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return self.name

    @property
    def product_names(self) -> str:
        """`sandals, bags, key rings`: the chosen kinds in words, "other" by the words given for it."""
        names = [str(Product(code).label) for code in self.products if code != Product.OTHER or not self.other_products]
        return ", ".join([*names, self.other_products] if self.other_products else names)


class WorkerCount(models.Model):
    """How many people worked in a business from a day on. Family counts, paid or not, and so does the owner."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="worker_counts")
    counted_on = models.DateField(_("counted on"))
    family = models.PositiveSmallIntegerField(_("family workers"))
    hired = models.PositiveSmallIntegerField(_("hired workers"))

    class Meta:
        verbose_name = _("worker count")
        constraints = [
            models.UniqueConstraint(fields=["business", "counted_on"], name="members_workercount_one_a_day"),
            models.CheckConstraint(
                name="members_workercount_somebody_works", condition=Q(family__gt=0) | Q(hired__gt=0)
            ),
        ]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return f"{self.workers}"

    @property
    def workers(self) -> int:
        return self.family + self.hired

    @property
    def size_class(self) -> SizeClass:
        return SizeClass.of(self.workers)
