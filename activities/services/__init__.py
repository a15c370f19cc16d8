"""Dues, what a meeting collects, visits, programmes, aid. Money is booked in the general unit."""

from activities.services.aid import give_aid, reverse_aid, take_back
from activities.services.collection import Collected, collect, count_collection, reverse_collection
from activities.services.dues import MONTHS_AHEAD, collect_dues, end_waiver, reverse_dues, waive_dues
from activities.services.help_request import approve_help, ask_for_help, decline_help, withdraw_help
from activities.services.programme import (
    cancel_programme,
    hold_programme,
    join_programme,
    pay_expense,
    plan_programme,
    reverse_expense,
    step_back,
)
from activities.services.visit import record_visit, reverse_visit
