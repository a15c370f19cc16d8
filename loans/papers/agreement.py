"""The loan agreement that is signed."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_percent, format_rupiah
from core.permissions import Role
from core.terbilang import terbilang
from governance.models import Office
from loans import queries
from loans.arithmetic.explanation import percent
from loans.models import Loan
from loans.papers.schedule import schedule_table


def agreement_response(loan: Loan, *, on: datetime.date, nik_in_full: bool):
    facts = agreement_facts(loan, on=on, nik_in_full=nik_in_full)
    return download(pdf("loans/agreement/agreement.typ", facts), f"perjanjian-{loan.number}.pdf", inline=True)


def agreement_facts(loan: Loan, *, on: datetime.date, nik_in_full: bool = False) -> dict:
    """Parties, amount in words, what the rules of the loan say, its schedule, who and what stands behind it.

    The borrower signs on the duty stamp that an agreement bears (UU 10/2020), before two witnesses.
    """
    day, plan = loan.disbursed_on or on, queries.plan(loan, on=on)
    guarantors = [each for each in loan.guarantors.select_related("member") if each.consented_on and not each.ended_on]
    collaterals = list(loan.collaterals.held().order_by("pk"))
    office = _signs_for_us(loan, day)
    signs_as, name = (office.get_role_display(), office.member.name) if office else (_("Chair"), "")
    signers = [
        {"office": _("For the cooperative, {office}").format(office=signs_as.lower()), "name": name},
        {"office": _("Borrower"), "name": loan.member.name, "stamp": _("duty stamp")},
        *({"office": _("Guarantor"), "name": each.member.name} for each in guarantors),
        *({"office": _("Witness"), "name": ""} for _turn in range(WITNESSES)),
    ]
    in_a_row = 4 if len(signers) == 4 else 3
    return {
        "on": day,
        "title": _("Loan agreement"),
        "number": _("Number {number}").format(number=loan.number),
        "opening": _("On {day} in {place} these parties agreed:").format(
            day=date_format(day, "j F Y"), place=settings.COOPERATIVE_CITY
        ),
        "parties": [
            [
                _("The cooperative"),
                _("{name}, {address}, represented by its {office} {person}.").format(
                    name=settings.COOPERATIVE_NAME,
                    address=settings.COOPERATIVE_ADDRESS,
                    office=signs_as.lower(),
                    person=name or "…………………",
                ),
            ],
            [
                _("The borrower"),
                _("{name}, NIK {nik}, member number {number}, {address}.").format(
                    name=loan.member.name,
                    nik=(loan.member.nik if nik_in_full else loan.member.masked_nik) or "…………………",
                    number=loan.member.number,
                    address=loan.member.address or "…………………",
                ),
            ],
        ],
        "clauses": _clauses(loan, plan, guarantors, collaterals),
        "schedule_title": (
            _("Schedule of instalments") if loan.disbursed_on else _("Schedule if it is paid out on that day")
        ),
        **schedule_table(plan.rows),
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(day, 'j F Y')}",
        "signatures": [signers[index : index + in_a_row] for index in range(0, len(signers), in_a_row)],
    }


def _clauses(loan: Loan, plan, guarantors, collaterals) -> list[list[str]]:
    """Heading and sentence, all of it from the rules and facts of this loan: nothing is added to what was decided."""
    rules = loan.rules
    found = [
        [
            _("Amount and purpose"),
            _("The cooperative lends {amount} ({words}) for: {purpose}.").format(
                amount=format_rupiah(loan.principal), words=terbilang(loan.principal), purpose=loan.purpose
            )
            + (_fees(rules, loan.principal)),
        ],
        [
            _("Paying back"),
            _("The borrower pays back {total} in {count} instalments, the last on {day}.").format(
                total=format_rupiah(plan.total), count=len(plan.rows), day=date_format(plan.rows[-1].due_on, "j F Y")
            ),
        ],
        [
            _("Interest"),
            _("{method}, {rate} a {period}; {interest} in all.").format(
                method=capfirst(rules.get_method_display()),
                rate=percent(plan.terms.rate),
                period=rules.get_rate_per_display(),
                interest=format_rupiah(plan.interest),
            ),
        ],
    ]
    if rules.penalty_rate_bp:
        late = _("An instalment that is late costs {rate} a {period} on {base}, after {days} free days.").format(
            rate=rules.penalty_rate,
            period=rules.get_penalty_per_display(),
            base=rules.get_penalty_base_display(),
            days=rules.penalty_grace_days,
        )
        cap = _("There is no upper limit.")
        if rules.penalty_cap_bp is not None:
            cap = _("It is {percent} of that instalment at most.").format(percent=format_percent(rules.penalty_cap_bp))
        found.append([_("Late payment"), f"{late} {cap}"])
    found.append(
        [
            _("Order of payment and closing early"),
            _("A payment settles the oldest instalment first: {order}. Closed early, {payoff} is asked for.").format(
                order=rules.get_allocation_order_display(), payoff=rules.get_early_payoff_display()
            ),
        ]
    )
    if guarantors:
        names = "; ".join(f"{each.member.name}, {format_rupiah(each.amount)}" for each in guarantors)
        found.append(
            [
                _("Guarantors"),
                _("These members pay their share where the borrower cannot: {names}.").format(names=names),
            ]
        )
    if collaterals:
        things = "; ".join(f"{each}, {format_rupiah(each.value_estimated)}" for each in collaterals)
        found.append(
            [
                _("Collateral"),
                _("Kept by the cooperative until the loan is paid off: {things}.").format(things=things),
            ]
        )
    found.append(
        [
            _("Signing"),
            _(
                "Both parties sign of their own free will before {count} witnesses, the borrower on the duty stamp "
                "that the law asks of an agreement. Each party keeps a copy."
            ).format(count=WITNESSES),
        ]
    )
    found.append(
        [
            _("Rules"),
            _("In all else the rules of the cooperative hold as they were decided: {decision}.").format(
                decision=rules.decided_in
            ),
        ]
    )
    return found


def _fees(rules, principal: int) -> str:
    fees = rules.administration_fee + rules.provision(principal)
    if not fees:
        return ""
    sentence = _("Fees of {fees} are kept back; the borrower receives {net}.")
    return " " + sentence.format(fees=format_rupiah(fees), net=format_rupiah(principal - fees))


WITNESSES = 2


SIGNS = [Role.CHAIR, Role.SECRETARY, Role.TREASURER]
"""Who signs for the cooperative; the next where the one before is the borrower."""


def _signs_for_us(loan: Loan, day: datetime.date) -> Office | None:
    held = Office.objects.held(as_of=day).filter(role__in=SIGNS).exclude(member=loan.member).select_related("member")
    return min(held, key=lambda office: SIGNS.index(office.role), default=None)
