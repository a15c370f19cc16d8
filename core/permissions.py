"""Who may do what: one verb per permission, one table of roles. Four-eyes rules are not here but in the services."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    SUPERVISOR = "supervisor", _("Supervisor")
    MAINTAINER = "maintainer", _("Maintainer")


class Permission(Enum):
    """A verb somebody may be allowed. The view that serves it carries `@require(Permission.VERB)`."""

    # everybody who is logged in
    OWN = "see what concerns oneself"

    # members
    MEMBER_LIST = "search the register of members"
    MEMBER_VIEW = "open a member's page"
    MEMBER_APPLY = "record an application for membership"
    MEMBER_ADMIT = "decide on an application for membership"
    MEMBER_CORRECT = "correct a member's particulars"
    MEMBER_EXPORT = "take the register out as a workbook"
    NIK_READ = "read a NIK in full"
    LOGIN_GIVE = "give a member a login and a new password"
    LOGIN_RENEW = "ask for an officer's new password, or confirm it"
    BUSINESS_CORRECT = "correct a business, its workers and skills"
    PARTNER_LIST = "search the partners"
    PARTNER_CORRECT = "add and correct partners"

    # governance
    DECISION_LIST = "read the decisions of meetings and board"
    DECISION_RECORD = "record a decision"
    ANNOUNCEMENT_VIEW = "read the announcements of the board"
    ANNOUNCEMENT_MAKE = "announce something to all members"
    SUGGESTION_MAKE = "make a suggestion to the board and read one's own"
    SUGGESTION_ANSWER = "read all suggestions and answer them"
    RESOLUTION_LIST = "see what the board decides between meetings"
    RESOLUTION_ANSWER = "ask the board between meetings, and answer"
    STATUTES_VIEW = "read the statutes"
    STATUTES_CHANGE = "propose articles of the statutes and put them in force"
    RULES_VIEW = "read the rules in force"
    RULES_SET = "put a new version of the rules in force"
    OFFICE_LIST = "see who holds office"
    OFFICE_ELECT = "record who was elected"
    OFFICE_CONFIRM = "confirm an election that another officer recorded"
    OFFICE_END = "end a term of office before its time"
    CASE_LIST = "see every case"
    CASE_VIEW = "open a case and answer in one's own"
    CASE_REPORT = "tell the board what should be talked about"
    CASE_TALK = "record conversations and agreements in a case"
    CASE_DECIDE = "decide on a case"
    LETTER_SEND = "sign letters about what is owed and record their delivery"

    # ledger
    LEDGER_VIEW = "read accounts, journal and trial balance"
    ENTRY_POST = "post a journal entry by hand"
    ENTRY_REVERSE = "reverse an entry"
    PERIOD_CLOSE = "close a month"

    # cash and bank
    VOUCHER_POST = "post money in and out, and transfer between cash and bank"
    PAYMENT_CONFIRM = "give the second approval to a payment"
    CASH_COUNT = "count the cash box"
    BANK_KEEP = "keep bank accounts and their statements"

    # savings
    SAVINGS_LIST = "see everybody's savings"
    SAVINGS_VIEW = "open a passbook"
    SAVINGS_DEPOSIT = "receive savings"
    SAVINGS_WITHDRAW = "pay out savings"
    SAVINGS_JOIN = "receive the first savings of a new member"
    SAVINGS_ASK = "ask for one's savings"
    SAVINGS_APPROVE = "approve a large withdrawal"
    SAVINGS_BLOCK = "block savings of a member, and release them"
    SAVINGS_REVERSE = "reverse a deposit or a withdrawal"

    # loans
    LOAN_LIST = "see everybody's loans"
    LOAN_VIEW = "open a loan"
    LOAN_APPLY = "apply for a loan"
    LOAN_APPROVE = "decide on an application for a loan"
    LOAN_SURVEY = "record a visit to a borrower"
    LOAN_ENDORSE = "say yes to the loan of an officer, for the supervisors"
    LOAN_DISBURSE = "pay out a loan"
    LOAN_REPAY = "receive a repayment"
    LOAN_REVERSE = "reverse a repayment"
    LOAN_RESTRUCTURE = "propose new terms for a running loan"
    LOAN_WRITE_OFF = "propose and carry out a write-off"
    LOAN_ASSESS = "judge whether a loan in trouble can be rescued"
    LOAN_GUARANTEE = "answer a request to guarantee"
    COLLATERAL_KEEP = "value collateral and give it back"
    DEPARTURE_PROPOSE = "propose that a member leaves, or drop the proposal"
    DEPARTURE_APPROVE = "agree that a member leaves"
    DEPARTURE_PAY = "pay former members what they have left"

    # pricing
    PRICE_VIEW = "read price lists"
    PRICE_DRAFT = "prepare a price list"
    PRICE_DECIDE = "put a price list in force"
    ITEM_CORRECT = "add and correct items and their units"

    # stock
    STOCK_VIEW = "see one's own stock and what neighbours can lend"
    STOCK_LIST_ALL = "see everybody's stock"
    STOCK_RECORD = "record, lend and take material and goods"
    STOCK_PAY = "receive and pay out the money for material and goods"
    PURCHASE_DECIDE = "choose the supplier of a joint purchase and order"
    STOCK_FOR_OTHERS = "record stock for a member who has no phone"

    # orders
    ORDER_LIST = "see one's own orders"
    ORDER_LIST_ALL = "see everybody's orders and handovers"
    ORDER_FOR_OTHERS = "take orders and hand over work for a member who has no phone"
    CLOSURE_FOR_ALL = "record days on which all workshops are closed"
    ORDER_TAKE = "take an order from a partner"
    OFFER_POST = "offer surplus work"
    OFFER_VIEW = "read the board of surplus work"
    OFFER_CLAIM = "claim surplus work"
    DELIVERY_RECORD = "record and confirm a delivery"
    MARKET_VIEW = "see where the goods of all went"
    BUYER_MONEY = "write invoices and payments of buyers where the cooperative sells"
    SETTLEMENT_PAY = "settle delivered work"

    # activities
    MEETING_LIST = "see meetings and attendance"
    MEETING_RECORD = "call a meeting, lead it through the evening, and write its minutes"
    MEETING_ATTEND = "check in, vote and answer an invitation as a member"
    DUES_LIST = "see everybody's dues"
    DUES_VIEW = "see a member's dues"
    DUES_COLLECT = "receive dues"
    DUES_REVERSE = "reverse a payment of dues"
    VISIT_LIST = "see who was visited"
    VISIT_RECORD = "record a visit and what was given"
    DUES_WAIVE = "let a member off dues, by a decision"
    FUND_VIEW = "read what the funds hold and what became of them"
    HELP_ASK = "ask for help of the social fund"
    HELP_DECIDE = "decide on help, and read why somebody needs it"

    # shu
    SHU_VIEW = "see how the SHU was divided, and one's own part"
    SHU_PROPOSE = "work out the division of a year for the annual meeting"
    SHU_BOOK = "book the division the annual meeting decided"
    SHU_PAY = "pay members their part of the SHU"

    # programmes and aid
    PROGRAMME_LIST = "see what is planned for the members and what came of it"
    PROGRAMME_JOIN = "sign up for a programme"
    PROGRAMME_PLAN = "plan programmes and record their results"
    PROGRAMME_PAY = "pay for a programme"
    AID_LIST = "see all aid given to businesses"
    AID_GIVE = "give aid to a business and take lent tools back"

    # reports and trust
    ANNUAL_VIEW = "read the annual report and its book"
    REPORT_VIEW = "read the reports of the whole cooperative"
    AUDIT_VIEW = "read the audit trail"

    # the house
    STYLEGUIDE_VIEW = "see the style guide"


P = Permission

EVERYBODY = {
    P.OWN,
    P.PRICE_VIEW,
    P.STATUTES_VIEW,
    P.RULES_VIEW,
    P.SHU_VIEW,
    P.MARKET_VIEW,
    P.MEETING_ATTEND,
}
MEMBER = EVERYBODY | {
    P.MEMBER_VIEW,
    P.BUSINESS_CORRECT,
    P.SAVINGS_VIEW,
    P.SAVINGS_ASK,
    P.LOAN_VIEW,
    P.LOAN_APPLY,
    P.LOAN_GUARANTEE,
    P.DECISION_LIST,
    P.OFFICE_LIST,
    P.ANNUAL_VIEW,
    P.ANNOUNCEMENT_VIEW,
    P.SUGGESTION_MAKE,
    P.CASE_VIEW,
    P.CASE_REPORT,
    P.STOCK_VIEW,
    P.STOCK_RECORD,
    P.ORDER_LIST,
    P.ORDER_TAKE,
    P.OFFER_POST,
    P.OFFER_VIEW,
    P.OFFER_CLAIM,
    P.DELIVERY_RECORD,
    P.MEETING_LIST,
    P.PROGRAMME_LIST,
    P.PROGRAMME_JOIN,
    P.DUES_VIEW,
    P.FUND_VIEW,
    P.HELP_ASK,
    P.PARTNER_LIST,
}
READ_ALL = MEMBER | {
    P.MEMBER_LIST,
    P.MEMBER_EXPORT,
    P.CASE_LIST,
    P.LEDGER_VIEW,
    P.SAVINGS_LIST,
    P.DUES_LIST,
    P.VISIT_LIST,
    P.AID_LIST,
    P.LOAN_LIST,
    P.STOCK_LIST_ALL,
    P.STOCK_FOR_OTHERS,
    P.ORDER_LIST_ALL,
    P.ORDER_FOR_OTHERS,
    P.REPORT_VIEW,
    P.RESOLUTION_LIST,
}

GRANTED: dict[str, set[Permission]] = {
    Role.MEMBER: MEMBER,
    Role.CHAIR: READ_ALL
    | {
        P.RESOLUTION_ANSWER,
        P.ANNOUNCEMENT_MAKE,
        P.SUGGESTION_ANSWER,
        P.AUDIT_VIEW,
        P.MEMBER_ADMIT,
        P.LOAN_APPROVE,
        P.LOAN_ASSESS,
        P.DEPARTURE_APPROVE,
        P.LOAN_WRITE_OFF,
        P.LOAN_RESTRUCTURE,
        P.PRICE_DECIDE,
        P.PROGRAMME_PLAN,
        P.AID_GIVE,
        P.RULES_SET,
        P.STATUTES_CHANGE,
        P.DECISION_RECORD,
        P.LOGIN_RENEW,
        P.OFFICE_ELECT,
        P.OFFICE_CONFIRM,
        P.OFFICE_END,
        P.CASE_TALK,
        P.CASE_DECIDE,
        P.LETTER_SEND,
        P.SAVINGS_WITHDRAW,  # pays out what the treasurer has saved
        P.SAVINGS_APPROVE,
        P.SAVINGS_BLOCK,
        P.SAVINGS_REVERSE,
        P.DUES_REVERSE,
        P.DUES_WAIVE,
        P.HELP_DECIDE,
        P.LOAN_DISBURSE,
        P.LOAN_REVERSE,
        P.COLLATERAL_KEEP,
        P.LOAN_SURVEY,
        P.ENTRY_REVERSE,
        P.PAYMENT_CONFIRM,
        P.CASH_COUNT,
        P.SHU_BOOK,
        P.SHU_PAY,  # stands in for the treasurer's own part
        P.STOCK_PAY,
        P.PURCHASE_DECIDE,
        P.BUYER_MONEY,  # reverses what the treasurer wrote
        P.SETTLEMENT_PAY,  # stands in where the treasurer is one side of the handover
        P.MEETING_RECORD,
        P.PARTNER_CORRECT,
        P.CLOSURE_FOR_ALL,
    },
    Role.SECRETARY: READ_ALL
    | {
        P.RESOLUTION_ANSWER,
        P.ANNOUNCEMENT_MAKE,
        P.SUGGESTION_ANSWER,
        P.SAVINGS_APPROVE,  # stands in where the chair or the treasurer asks
        P.PAYMENT_CONFIRM,
        P.MEMBER_APPLY,
        P.MEMBER_ADMIT,
        P.MEMBER_CORRECT,
        P.NIK_READ,
        P.LOGIN_GIVE,
        P.PARTNER_CORRECT,
        P.RULES_SET,  # one proposes, the other puts in force
        P.STATUTES_CHANGE,
        P.DECISION_RECORD,
        P.LOGIN_RENEW,
        P.OFFICE_ELECT,
        P.OFFICE_CONFIRM,
        P.OFFICE_END,
        P.CASE_TALK,
        P.CASE_DECIDE,  # stands in where the case concerns the chair, or the chair reported it
        P.LETTER_SEND,
        P.LOAN_APPROVE,
        P.LOAN_ASSESS,
        P.LOAN_WRITE_OFF,
        P.LOAN_RESTRUCTURE,
        P.COLLATERAL_KEEP,
        P.LOAN_SURVEY,
        P.PRICE_DRAFT,
        P.DUES_WAIVE,
        P.HELP_DECIDE,
        P.PROGRAMME_PLAN,
        P.ITEM_CORRECT,
        P.PURCHASE_DECIDE,
        P.CLOSURE_FOR_ALL,
        P.MEETING_RECORD,
    },
    Role.TREASURER: READ_ALL
    | {
        P.RESOLUTION_ANSWER,
        P.ANNOUNCEMENT_MAKE,
        P.SUGGESTION_ANSWER,
        P.AUDIT_VIEW,
        P.LOGIN_RENEW,
        P.OFFICE_CONFIRM,  # so that two are left where the chair or the secretary is the one elected
        P.DEPARTURE_PROPOSE,
        P.DEPARTURE_PAY,
        P.CASE_TALK,
        P.ENTRY_POST,
        P.ENTRY_REVERSE,
        P.VOUCHER_POST,
        P.PAYMENT_CONFIRM,  # of what the chair or the secretary asks for
        P.CASH_COUNT,
        P.BANK_KEEP,
        P.PERIOD_CLOSE,
        P.SHU_PROPOSE,
        P.SHU_PAY,
        P.SAVINGS_DEPOSIT,
        P.SAVINGS_WITHDRAW,
        P.SAVINGS_JOIN,
        P.SAVINGS_BLOCK,
        P.SAVINGS_REVERSE,
        P.LOAN_APPROVE,
        P.LOAN_ASSESS,
        P.LOAN_WRITE_OFF,
        P.LOAN_RESTRUCTURE,
        P.LOAN_DISBURSE,
        P.LOAN_REPAY,
        P.LOAN_REVERSE,
        P.COLLATERAL_KEEP,
        P.LOAN_SURVEY,
        P.STOCK_PAY,
        P.SETTLEMENT_PAY,
        P.BUYER_MONEY,
        P.DUES_COLLECT,
        P.DUES_REVERSE,
        P.HELP_DECIDE,  # stands in where the chair and the secretary may not
        P.VISIT_RECORD,
        P.PROGRAMME_PAY,
        P.AID_GIVE,
        P.MEETING_RECORD,
    },
    # The supervisor reads everything and changes nothing of the books, but for one verb that the law asks for:
    # LOAN_ENDORSE. Beside it stand the rights of a member: to borrow, to join, to report, to write to the board.
    Role.SUPERVISOR: EVERYBODY
    | {
        P.MEMBER_LIST,
        P.MEMBER_VIEW,
        P.MEMBER_EXPORT,
        P.PARTNER_LIST,
        P.DECISION_LIST,
        P.OFFICE_LIST,
        P.ANNUAL_VIEW,
        P.ANNOUNCEMENT_VIEW,
        P.SUGGESTION_MAKE,
        P.CASE_LIST,
        P.CASE_VIEW,
        P.CASE_REPORT,
        P.LEDGER_VIEW,
        P.SAVINGS_LIST,
        P.SAVINGS_VIEW,
        P.LOAN_LIST,
        P.LOAN_VIEW,
        P.LOAN_APPLY,
        P.LOAN_GUARANTEE,
        P.LOAN_ENDORSE,  # an officer's loan needs the yes of both organs (Permenkop UKM 8/2023 art. 42)
        P.STOCK_VIEW,
        P.STOCK_LIST_ALL,
        P.ORDER_LIST,
        P.ORDER_LIST_ALL,
        P.OFFER_VIEW,
        P.MEETING_LIST,
        P.DUES_LIST,
        P.DUES_VIEW,
        P.VISIT_LIST,
        P.FUND_VIEW,
        P.HELP_ASK,
        P.PROGRAMME_LIST,
        P.PROGRAMME_JOIN,
        P.AID_LIST,
        P.REPORT_VIEW,
        P.RESOLUTION_LIST,
        P.AUDIT_VIEW,
    },
    Role.MAINTAINER: {P.OWN, P.STYLEGUIDE_VIEW, P.AUDIT_VIEW},
}
