"""Whatever neighbours do with a material, nobody holds less than nothing on any day, and nothing appears or vanishes.

Hypothesis writes the days of four workshops, back-dated lines too, and a list of lines kept beside them says what every
step must do: carried out where enough lies there from that day on, refused without a trace where not.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from core.errors import Refused
from reports import checks
from stock import queries, services
from stock.models import StockMovement
from tests.orders.test_races import at_once
from tests.pricing.builders import an_item
from tests.stock.builders import MONDAY, a_crafter, bought, day

DAYS = st.integers(0, 6)
QUANTITIES = st.integers(1, 80).map(lambda halves: Decimal(halves) / 2)
PEOPLE = st.integers(0, 3)
LAST = 7
CHECKS = [
    "stock_never_negative",
    "stock_conserved",
    "stock_loans_match_their_lines",
    "stock_payments_match_their_entries",
]
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking on a real database takes minutes
)


class Neighbours(RuleBasedStateMachine):
    """Four workshops and one material; `lines` is what the book must say: (workshop, day, quantity)."""

    recorded, running, returned = Bundle("recorded"), Bundle("running"), Bundle("returned")

    def __init__(self, members, item):
        super().__init__()
        self.members, self.item, self.lines, self.total = members, item, [], Decimal(0)

    def held(self, who, on=LAST):
        return sum((quantity for one, when, quantity in self.lines if one == who and when <= on), Decimal(0))

    def free(self, who, on):
        return min(self.held(who, when) for when in range(on, LAST + 1))

    def carried_out(self, enough, step):
        """Done exactly where it may be; None where it was refused."""
        if enough:
            return step()
        with pytest.raises(Refused):
            step()
        return None

    def user(self, who):
        return self.members[who].user

    @rule(who=PEOPLE, quantity=QUANTITIES, on=DAYS, kind=st.sampled_from(["bought", "used", "sold"]))
    def writes_down(self, who, quantity, on, kind):
        change = quantity if kind == "bought" else -quantity
        done = self.carried_out(
            self.free(who, on) + change >= 0 or kind == "bought",
            lambda: services.record(
                self.members[who], item=self.item, kind=kind, quantity=quantity, on=day(on), by=self.user(who)
            ),
        )
        if done:
            self.lines.append((who, on, change))
            self.total += change

    @rule(who=PEOPLE, quantity=QUANTITIES, on=DAYS)
    def counts(self, who, quantity, on):
        difference = quantity - self.held(who, on)
        self.carried_out(
            difference >= 0 or self.free(who, on) + difference >= 0,
            lambda: services.count(self.members[who], item=self.item, quantity=quantity, on=day(on), by=self.user(who)),
        )
        if difference >= 0 or self.free(who, on) + difference >= 0:
            self.lines.append((who, on, difference))
            self.total += difference

    @rule(target=recorded, lender=PEOPLE, borrower=PEOPLE, quantity=QUANTITIES, on=DAYS)
    def lends(self, lender, borrower, quantity, on):
        loan = self.carried_out(
            lender != borrower and self.free(lender, on) >= quantity,
            lambda: services.lend(
                self.members[lender],
                self.members[borrower],
                item=self.item,
                quantity=quantity,
                price=30_000,
                handed_on=day(on),
                on=day(on),
                by=self.user(lender),
            ),
        )
        return (loan, lender, borrower, quantity, on) if loan else multiple()

    @rule(target=running, record=consumes(recorded))
    def confirms(self, record):
        loan, lender, borrower, quantity, on = record
        done = self.carried_out(
            self.free(lender, on) >= quantity,
            lambda: services.confirm(loan, on=day(on), by=self.user(borrower)),
        )
        if not done:
            services.decline(loan, on=day(on), by=self.user(lender))
            return multiple()
        self.lines += [(lender, on, -quantity), (borrower, on, quantity)]
        return {"loan": loan, "lender": lender, "borrower": borrower, "on": on, "left": quantity}

    @rule(target=returned, out=running, quantity=QUANTITIES, later=DAYS, way=st.sampled_from(["goods", "direct"]))
    def brings_back(self, out, quantity, later, way):
        on = max(out["on"], later)
        back = self.carried_out(
            quantity <= out["left"] and (way == "direct" or self.free(out["borrower"], on) >= quantity),
            lambda: services.give_back(
                out["loan"], quantity=quantity, way=way, on=day(on), by=self.user(out["borrower"])
            ),
        )
        if not back:
            return multiple()
        out["left"] -= quantity
        return back, out, quantity, way, on

    @rule(returning=consumes(returned), right=st.booleans())
    def is_looked_at(self, returning, right):
        back, out, quantity, way, on = returning
        lender = self.user(out["lender"])
        if not right:
            services.decline_return(back, reason="Mutunya lain", on=day(on), by=lender)
            out["left"] += quantity
            return
        done = self.carried_out(
            way == "direct" or self.free(out["borrower"], on) >= quantity,
            lambda: services.confirm_return(back, on=day(LAST), by=lender),
        )
        if done and way == "goods":
            self.lines += [(out["borrower"], on, -quantity), (out["lender"], on, quantity)]

    def asked(self, on):
        held = queries.held_by(items=[self.item.pk], as_of=day(on))
        return [held[member.pk, self.item.pk] for member in self.members]

    @invariant()
    def every_workshop_holds_what_the_lines_say_and_handing_over_makes_and_loses_nothing(self):
        held = self.asked(LAST)
        assert held == [self.held(who) for who in range(len(self.members))]
        assert sum(held) == self.total

    def teardown(self):
        for on in range(LAST):
            held = self.asked(on)
            assert held == [self.held(who, on) for who in range(len(self.members))]
            assert min(held) >= 0
        for name in CHECKS:
            assert not checks.run(name, as_of=day(LAST)).rows


@pytest.mark.usefixtures("rules", "orders")
def test_stock_is_conserved_over_whatever_neighbours_do(budi, siti, tono, secretary):
    members = [budi, siti, tono, a_crafter("Rini Astuti", by=secretary)]
    numbers = iter(range(10_000))

    def machine():
        number = next(numbers)
        item = an_item(f"K{number}", name=f"Kulit {number}", kind="material", base="sqft", by=secretary)
        return Neighbours(members, item)

    run_state_machine_as_test(machine, settings=SETTINGS)


# -- the database alone ------------------------------------------------------------------------------------------------


def written_around_the_services(giver, taker, item, quantity):
    """Both lines of a hand-over as no service would write them: without asking what is there."""
    facts = {"item": item, "on": MONDAY}
    try:
        with transaction.atomic():
            line = StockMovement.objects.create(member=giver, kind="lent", quantity=-quantity, **facts)
            StockMovement.objects.create(member=taker, kind="borrowed", quantity=quantity, counterpart=line, **facts)
    except IntegrityError as error:
        raise Refused(error.__cause__.diag.constraint_name) from error


@pytest.mark.django_db(transaction=True)
def test_the_database_lends_the_same_roll_once_to_two_at_the_same_moment(budi, siti, tono, leather):
    bought(budi, leather, 50)
    done, refusals = at_once(
        [lambda taker=taker: written_around_the_services(budi, taker, leather, 40) for taker in (siti, tono)]
    )
    assert (len(done), refusals) == (1, ["stock_movement_never_negative"])
    held = [queries.held(member, leather, as_of=MONDAY) for member in (budi, siti, tono)]
    assert (held[0], sum(held)) == (10, 50)
