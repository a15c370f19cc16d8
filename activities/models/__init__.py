"""Dues, solidarity, empowerment."""

from activities.models.aid import Aid
from activities.models.collection import Collection, CollectionCount, CollectionRules
from activities.models.common import Source
from activities.models.dues import DuesPayment, DuesRules, DuesWaiver
from activities.models.help_request import HelpRequest
from activities.models.programme import Participant, Programme, ProgrammeExpense
from activities.models.visit import Visit
