"""What every book leans on: the people who log in, the audit trail, notices, and one-time tokens."""

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.permissions import GRANTED, Permission, Role

APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;",
    ),
]
"""Triggers for a table whose rows are written once and stay."""

NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
"""A trigger for a table whose rows change and always stay."""

REFUSE = "RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"
"""How a trigger of a room says no: as a check constraint that has a name."""


class Topic(models.TextChoices):
    """What a message is about. Everybody chooses of which topics e-mail comes as well; the inbox has them all."""

    OWN = "own", _("What concerns me: requests, reminders, letters")
    ANNOUNCEMENT = "announcement", _("Announcements of the board")
    MEETING = "meeting", _("Invitations to meetings")
    DECISION = "decision", _("Decisions")
    PRICES = "prices", _("Prices")
    RULES = "rules", _("Rules and statutes")
    DUES = "dues", _("Dues")
    PURCHASE = "purchase", _("Joint purchases")
    PROGRAMME = "programme", _("Programmes")


class User(AbstractBaseUser):
    """A person who may log in, with exactly one role. What a member owns hangs on `members.Member`, not here."""

    username = models.CharField(_("user name"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    email = models.EmailField(_("e-mail"), blank=True)
    topics_not_mailed = ArrayField(
        models.CharField(max_length=20), verbose_name=_("no e-mail about"), default=list, blank=True
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    objects = BaseUserManager()

    class Meta:
        verbose_name = _("user")
        constraints = [
            models.CheckConstraint(name="core_user_role_known", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(name="core_user_username_is_small", condition=models.Q(username=Lower("username"))),
            models.CheckConstraint(
                name="core_user_topics_known", condition=models.Q(topics_not_mailed__contained_by=Topic.values)
            ),
        ]

    def __str__(self):
        return self.name

    def can(self, permission: Permission) -> bool:
        return self.is_active and permission in GRANTED[self.role]

    def has_second_factor(self) -> bool:
        return self.second_factors.filter(removed_at=None).exists()

    def needs_second_factor(self, on) -> bool:
        """Everybody but members, from the day that the installation names."""
        since = settings.SECOND_FACTOR_FROM
        return since is not None and since <= on and self.role != Role.MEMBER

    def _get_session_auth_hash(self, secret=None):
        """Every session ends with the password, and with the role: who takes office logs in anew."""
        of_password = super()._get_session_auth_hash(secret=secret)
        return salted_hmac("core.role", of_password + self.role, secret=secret, algorithm="sha256").hexdigest()


class Login(models.Model):
    """Once that somebody logged in, and with which device. The device is known by a cookie; here is its digest."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="logins", verbose_name=_("user"))
    at = models.DateTimeField(_("at"))
    device = models.CharField(max_length=64)
    what = models.CharField(_("device"), max_length=60)
    session_key = models.CharField(max_length=40)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("login")
        indexes = [models.Index(fields=["user", "device"], name="core_login_device")]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return self.what


class SecondFactor(models.Model):
    """The secret that a telephone shares with the house. Its codes of one half minute count once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factors", verbose_name=_("user"))
    secret = models.CharField(max_length=64)
    last_step = models.BigIntegerField()
    at = models.DateTimeField(_("at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("second factor")
        constraints = [
            models.UniqueConstraint(name="core_secondfactor_one", fields=["user"], condition=models.Q(removed_at=None)),
        ]
        triggers = [
            NEVER_DELETED,
            pgtrigger.Protect(
                name="removed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="steps_only_go_on",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__last_step__lt=pgtrigger.F("old__last_step")),
            ),
        ]

    def __str__(self):
        return self.user.name


class RecoveryCode(models.Model):
    """A printed code for the day the telephone is lost; only its digest is kept, and it works once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes", verbose_name=_("user"))
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        constraints = [models.UniqueConstraint(name="core_recoverycode_of_user", fields=["user", "digest"])]
        triggers = [
            NEVER_DELETED,
            pgtrigger.Protect(
                name="used_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__used_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.user.name


class Renewal(models.Model):
    """A new password for an officer who cannot log in: one officer asks, another confirms, neither is the one."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="renewals", verbose_name=_("officer"))
    reason = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField(_("at"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("renewal of a password")
        constraints = [
            models.UniqueConstraint(name="core_renewal_one_waits", fields=["user"], condition=models.Q(answer="")),
            models.CheckConstraint(
                name="core_renewal_answer_known", condition=models.Q(answer__in=["", "confirmed", "declined"])
            ),
            models.CheckConstraint(
                name="core_renewal_answered_whole",
                condition=models.Q(answer="", answered_at=None, answered_by=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(name="core_renewal_not_own", condition=~models.Q(asked_by=models.F("user"))),
            models.CheckConstraint(
                name="core_renewal_by_two_others",
                condition=models.Q(answered_by=None)
                | (~models.Q(answered_by=models.F("asked_by")) & ~models.Q(answered_by=models.F("user"))),
            ),
        ]
        triggers = [
            NEVER_DELETED,
            pgtrigger.Protect(
                name="answered_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__answer__gt="")
            ),
        ]

    def __str__(self):
        return self.user.name


class AuditEvent(models.Model):
    """One thing a person did, in the transaction that did it. The only place where a time of day is kept."""

    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=60, help_text="app.model:pk, text so that it never blocks")
    label = models.CharField(_("label"), max_length=200)
    by = models.CharField(_("by"), max_length=120)
    by_username = models.CharField(max_length=30)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        indexes = [
            models.Index(fields=["subject", "-at"], name="core_auditevent_subject"),
            models.Index(fields=["-at"], name="core_auditevent_at"),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.action} {self.subject}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(to=user)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A message in somebody's inbox, with the page it leads to."""

    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField(_("at"))
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        indexes = [models.Index(fields=["to", "-at"], name="core_notice_inbox")]

    def __str__(self):
        return self.text


class SpentToken(models.Model):
    """A form that has been carried out. Its unique token is why a double tap posts once."""

    token = models.UUIDField(unique=True)
    spent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("spent token")

    def __str__(self):
        return str(self.token)


class StoredFileManager(models.Manager):
    """Leaves the bytes where they are until somebody asks for them: a list of files must stay light."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class StoredFile(models.Model):
    """A photo or paper that was handed in, kept in the database: one backup, one transaction, one place to guard.

    Who may see it is asked of the object it belongs to; the file itself has no address of its own.
    """

    name = models.CharField(_("file name"), max_length=100)
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = StoredFileManager()

    class Meta:
        verbose_name = _("stored file")
        triggers = APPEND_ONLY

    def __str__(self):
        return self.name
