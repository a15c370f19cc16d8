"""Dues, solidarity, empowerment."""

from activities.models.aid import Aid
from activities.models.dues import DuesPayment, DuesRules
from activities.models.programme import Participant, Programme, ProgrammeExpense
from activities.models.visit import Visit
