"""Dues, what a meeting collects, visits, programmes, aid. Money is booked in the general unit."""

from activities.services.aid import give_aid, take_back
from activities.services.collection import Collected, collect
from activities.services.dues import MONTHS_AHEAD, collect_dues, reverse_dues
from activities.services.programme import (
    cancel_programme,
    hold_programme,
    join_programme,
    pay_expense,
    plan_programme,
    step_back,
)
from activities.services.visit import record_visit
