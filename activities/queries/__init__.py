"""Answers of the activities, as at a date."""

from activities.queries.collection import SheetRow, cash_of, collected_at, collection_sheet
from activities.queries.dues import dues_paid, open_dues, span, unpaid_dues, waivers
from activities.queries.fund import FUNDS, FundMovement, fund_balance, fund_movements, fund_part, fund_year
from activities.queries.programme import signing_up
from activities.queries.visit import VisitsOfYear, visits_of_year
