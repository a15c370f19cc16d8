"""Search everywhere: a number leads to its paper, a name, with its slips of the pen, to people, goods and pages.

A number is looked up exactly, in the series it can belong to, so it costs the same among a million. Only names go
through the trigrams of the database (`members/migrations/sql/0002_search.sql`). What somebody may not see is not found.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import dates
from core.money import format_rupiah
from core.permissions import Permission
from governance.models import Case, Decision, Letter
from kokkmas.office.navigation import places_of
from ledger.models import Receipt
from loans.models import Loan
from members.models import Business, Member, Partner
from orders.models import Order
from pricing.models import Item
from sales.models import Invoice, Shipment
from savings.models import TermDeposit
from treasury.models import Journal, Transfer, Voucher

LONGEST, FEWEST_LETTERS = 80, 2
EACH = 8
"""How many of a kind are shown; more than that is a reason to type another letter."""
CLOSE_ENOUGH = 0.5
"""How much of a word must be found again in a name: `hartno` is Hartono, `budi` is not Badri."""
YEARS = 12
"""How far back a number without its year is looked for."""
NUMBER = re.compile(r"(?:([a-z]{2,3})[\s./-]*)?(?:(20\d\d)[\s./-]+)?(\d{1,7})", re.IGNORECASE)
DIGITS_OF_A_PHONE = 5


@dataclass(frozen=True)
class Hit:
    title: str
    note: str
    url: str
    actions: tuple[tuple[str, str], ...] = ()
    """What is done next with it: label and address."""


@dataclass(frozen=True)
class Group:
    label: str
    icon: str
    hits: list[Hit]


@dataclass(frozen=True)
class Paper:
    """A kind of numbered paper: its series, the rows this person may see, and how one of them reads."""

    label: str
    icon: str
    series: tuple[str, ...]
    rows: Callable
    hit: Callable


def _for(permission: Permission, model: type[models.Model]):
    return lambda user: model.objects.all() if user.can(permission) else model.objects.none()


def _of_order(model):
    return lambda user: model.objects.filter(order__in=Order.objects.visible_to(user)).select_related("order__partner")


def _loan(loan, user) -> Hit:
    may_pay = user.can(Permission.LOAN_REPAY) and loan.state == Loan.State.RUNNING
    pay = ((_("Receive instalment"), reverse("loans:repay", args=[loan.pk])),) if may_pay else ()
    return Hit(
        f"{loan.number} · {loan.member.name}",
        format_rupiah(loan.principal),
        reverse("loans:detail", args=[loan.pk]),
        pay,
    )


def _paid(amount: int, on: datetime.date) -> str:
    return f"{format_rupiah(amount)} · {dates.long_date(on)}"


PAPERS = [
    Paper(
        gettext_lazy("Receipts"),
        "receipt",
        ("KW",),
        Receipt.objects.visible_to,
        lambda row, user: Hit(
            f"{row.number} · {row.party}",
            _paid(row.amount, row.issued_on),
            reverse("ledger:receipt", args=[row.pk]),
            ((_("Print"), reverse("ledger:receipt-paper", args=[row.pk])),),
        ),
    ),
    Paper(
        gettext_lazy("Vouchers"),
        "wallet",
        ("BKM", "BKK"),
        _for(Permission.LEDGER_VIEW, Voucher),
        lambda row, user: Hit(
            f"{row.number} · {row.payee}", _paid(row.amount, row.on), reverse("treasury:voucher", args=[row.pk])
        ),
    ),
    Paper(
        gettext_lazy("Journal entries by hand"),
        "notebook-text",
        ("JU",),
        _for(Permission.LEDGER_VIEW, Journal),
        lambda row, user: Hit(
            f"{row.number} · {row.memo}", _paid(row.amount, row.on), reverse("treasury:journal", args=[row.pk])
        ),
    ),
    Paper(
        gettext_lazy("Transfers"),
        "arrow-left-right",
        ("BPB",),
        _for(Permission.LEDGER_VIEW, Transfer),
        lambda row, user: Hit(row.number, _paid(row.amount, row.on), reverse("treasury:transfer-paper", args=[row.pk])),
    ),
    Paper(
        gettext_lazy("Loans"),
        "hand-coins",
        ("PJ",),
        lambda user: Loan.objects.visible_to(user).select_related("member"),
        _loan,
    ),
    Paper(
        gettext_lazy("Orders"),
        "clipboard-list",
        ("PS",),
        lambda user: Order.objects.visible_to(user).select_related("partner"),
        lambda row, user: Hit(
            f"{row.number} · {row.partner.name}", dates.long_date(row.due_on), reverse("orders:detail", args=[row.pk])
        ),
    ),
    Paper(
        gettext_lazy("Invoices"),
        "receipt",
        ("FK",),
        _of_order(Invoice),
        lambda row, user: Hit(
            f"{row.number} · {row.order.partner.name}",
            row.order.number,
            reverse("orders:detail", args=[row.order_id]),
            ((_("Print"), reverse("sales:invoice-paper", args=[row.pk])),),
        ),
    ),
    Paper(
        gettext_lazy("Delivery notes"),
        "truck",
        ("SJ",),
        _of_order(Shipment),
        lambda row, user: Hit(
            f"{row.number} · {row.order.partner.name}",
            row.order.number,
            reverse("orders:detail", args=[row.order_id]),
            ((_("Print"), reverse("sales:delivery-note", args=[row.pk])),),
        ),
    ),
    Paper(
        gettext_lazy("Term savings"),
        "hourglass",
        ("SB",),
        lambda user: TermDeposit.objects.visible_to(user).select_related("member"),
        lambda row, user: Hit(
            f"{row.number} · {row.member.name}",
            format_rupiah(row.amount),
            reverse("savings:term-deposit", args=[row.pk]),
        ),
    ),
    Paper(
        gettext_lazy("Cases"),
        "messages-square",
        ("KS",),
        lambda user: Case.objects.visible_to(user).select_related("member"),
        lambda row, user: Hit(
            f"{row.number} · {row.member.name}",
            dates.long_date(row.opened_on),
            reverse("governance:case", args=[row.pk]),
        ),
    ),
    Paper(
        gettext_lazy("Letters"),
        "mail",
        ("SP",),
        lambda user: Letter.objects.visible_to(user).select_related("member"),
        lambda row, user: Hit(
            f"{row.number} · {row.member.name}",
            dates.long_date(row.issued_on),
            reverse("governance:letter", args=[row.pk]),
        ),
    ),
    Paper(
        gettext_lazy("Decisions"),
        "gavel",
        ("KEP",),
        _for(Permission.DECISION_LIST, Decision),
        lambda row, user: _decision(row),
    ),
]


def _decision(decision) -> Hit:
    return Hit(
        f"{decision.number} · {decision.title}",
        dates.long_date(decision.decided_on),
        reverse("governance:decision", args=[decision.pk]),
    )


def clean(typed: str) -> str:
    """What was typed, with single spaces and without what no name has."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())[:LONGEST]


def is_enough(text: str) -> bool:
    return len(text) >= FEWEST_LETTERS or text.isdecimal()


@transaction.atomic
def find(text: str, user, *, on: datetime.date) -> list[Group]:
    """Everything of that number or name the person may see, in groups; as many questions whatever is found."""
    if not is_enough(text):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSE_ENOUGH)])
    groups = [
        Group(_("Pages"), "layers", _pages(text, user)),
        Group(_("People"), "users", _people(text, user)),
        *_papers(text, user, on),
        Group(_("Businesses"), "store", _businesses(text, user)),
        Group(_("Partners"), "handshake", _partners(text, user)),
        Group(_("Items"), "package", _items(text, user)),
        Group(_("Decisions"), "gavel", _decisions(text, user)),
    ]
    return [group for group in groups if group.hits]


def only_one(text: str, groups: list[Group]) -> Hit | None:
    """The paper whose whole number was typed: nobody wants a list of one."""
    number = NUMBER.fullmatch(text)
    hits = [hit for group in groups for hit in group.hits]
    return hits[0] if number and number[1] and number[2] and len(hits) == 1 else None


def numbers(text: str, series: Iterable[str], *, on: datetime.date) -> list[str]:
    """`kw 113` → KW-2026-0113, KW-2025-0113, …: the whole numbers it may stand for in these series."""
    found = NUMBER.fullmatch(text)
    if not found or (found[1] and found[1].upper() not in series):
        return []
    years = [int(found[2])] if found[2] else range(on.year, on.year - YEARS, -1)
    return [
        f"{each}-{year}-{int(found[3]):04}" for each in ([found[1].upper()] if found[1] else series) for year in years
    ]


def _papers(text, user, on) -> list[Group]:
    if not NUMBER.fullmatch(text):
        return []
    groups = []
    for paper in PAPERS:
        if wanted := numbers(text, paper.series, on=on):
            rows = paper.rows(user).filter(number__in=wanted).order_by("-pk")[:EACH]
            groups.append(Group(str(paper.label), paper.icon, [paper.hit(row, user) for row in rows]))
    return groups


def _pages(text, user) -> list[Hit]:
    wanted = text.casefold()
    found = {
        name: Hit(str(label), str(place.label), reverse(name))
        for place in places_of(user)
        for label, name, permission in place.tabs
        if user.can(permission) and wanted in f"{label} {place.label}".casefold()
    }
    return list(found.values())[:EACH]


def _named(rows, text, field="name"):
    """The rows whose name has the text in it, or is nearly it, the nearest first."""
    wanted = text.upper()
    return (
        rows.annotate(upper=Upper(field), near=TrigramWordSimilarity(Value(wanted), Upper(field)))
        .filter(Q(upper__contains=wanted) | Q(upper__trigram_word_similar=wanted))
        .order_by(F("near").desc(), field, "pk")[:EACH]
    )


def _phone(text) -> str:
    """Digits as the register keeps them, `0812 345` as `62812345`; nothing where it is no telephone."""
    digits = re.sub(r"[\s().+-]", "", text)
    if not digits.isdecimal() or len(digits) < DIGITS_OF_A_PHONE:
        return ""
    return "62" + digits[1:] if digits.startswith("0") else digits


def _called(rows, text):
    return rows.filter(phone__contains=_phone(text)).order_by("name", "pk")[:EACH]


def _people(text, user) -> list[Hit]:
    if not user.can(Permission.MEMBER_LIST):
        return []
    rows = Member.objects.visible_to(user)
    if text.isdecimal() and not _phone(text):
        found = list(rows.filter(number=int(text)))
    else:
        found = list(_called(rows, text) if _phone(text) else _named(rows, text))
    running = {}
    if user.can(Permission.LOAN_REPAY):
        for loan in Loan.objects.running(as_of=dates.today()).filter(member__in=found).order_by("-pk"):
            running[loan.member_id] = loan
    return [_person(member, running.get(member.pk), user) for member in found]


def _person(member, loan, user) -> Hit:
    actions = []
    if loan:
        actions.append((_("Receive instalment"), reverse("loans:repay", args=[loan.pk])))
    if user.can(Permission.SAVINGS_DEPOSIT) and member.number and not member.left_on:
        actions.append((_("Receive savings"), reverse("savings:deposit", args=[member.pk])))
    note = _("Member {number}").format(number=member.number) if member.number else _("Not a member yet")
    return Hit(member.name, note, reverse("members:detail", args=[member.pk]), tuple(actions))


def _businesses(text, user) -> list[Hit]:
    rows = _named(Business.objects.visible_to(user).select_related("member"), text)
    return [Hit(row.name, row.member.name, reverse("members:detail", args=[row.member_id])) for row in rows]


def _partners(text, user) -> list[Hit]:
    if not user.can(Permission.PARTNER_LIST):
        return []
    rows = _called(Partner.objects, text) if _phone(text) else _named(Partner.objects, text)
    return [Hit(row.name, row.get_kind_display(), reverse("members:partner", args=[row.pk])) for row in rows]


def _items(text, user) -> list[Hit]:
    rows = _named(Item.objects.visible_to(user).active(), text)
    holders = [(_("Who holds it"), "stock:holders")] if user.can(Permission.STOCK_VIEW) else []
    return [
        Hit(
            row.name,
            row.get_kind_display(),
            reverse("pricing:item", args=[row.pk]),
            tuple((label, reverse(name, args=[row.pk])) for label, name in holders),
        )
        for row in rows
    ]


def _decisions(text, user) -> list[Hit]:
    if not user.can(Permission.DECISION_LIST) or NUMBER.fullmatch(text):
        return []
    rows = Decision.objects.filter(Q(title__icontains=text) | Q(number__icontains=text)).order_by("-decided_on", "-pk")
    return [_decision(row) for row in rows[:EACH]]
