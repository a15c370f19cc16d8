"""What the cooperative hands out about savings: passbook, certificate and tax slip as PDF, lists as sheets."""

from savings.papers.balance import savings_sheet
from savings.papers.movement import passbook_response
from savings.papers.obligation import owed_span, reminder, unpaid_sheet
from savings.papers.tax import slip_facts, slip_response, tax_sheet
from savings.papers.term_deposit import certificate_facts, certificate_response, term_deposits_sheet
