"""Every table of the database, and what may happen to its rows. A model that is missing here fails `migrate`."""

from kokkmas.keeping.kinds import Kept, decision, derived, draft, emptied, money, note, record

REVERSAL = "reversed_on reversed_by_id reversal_reason"

TABLES: dict[str, Kept] = {
    # -- auth
    "auth.Permission": note(),
    "auth.Group_permissions": note(),
    "auth.Group": note(),
    # -- contenttypes
    "contenttypes.ContentType": note(),
    # -- sessions
    "sessions.Session": note(),
    # -- axes
    "axes.AccessFailureLog": note(),
    "axes.AccessAttempt": note(),
    "axes.AccessAttemptExpiration": note(),
    "axes.AccessLog": note(),
    # -- core
    "core.User": record(
        changes="password last_login username name role email topics_not_mailed is_active must_change_password"
    ),
    "core.AuditEvent": record(),
    "core.Notice": note(),
    "core.Login": record(changes="session_key device what ended_at"),
    "core.Renewal": decision(once="answer answered_at answered_by_id"),
    "core.SecondFactor": record(changes="last_step", once="removed_at"),
    "core.RecoveryCode": record(once="used_at"),
    "core.SpentToken": note(),
    "core.StoredFile": record(),
    # -- members
    "members.Member": record(
        changes=(
            "number name nik born_on is_woman phone address rt rw user_id admitted_on refused_on "
            "decided_by_id refusal_reason entered_on left_on leaving_reason version"
        ),
    ),
    "members.Skill": record(changes="name"),
    "members.Business_skills": note(),
    "members.Business": record(changes="name address rt rw products other_products since_year version"),
    "members.WorkerCount": record(changes="family hired"),
    "members.Partner": record(changes="name kind market city contact phone since_on version"),
    # -- governance
    "governance.Decision": decision(),
    "governance.Meeting": decision(
        changes="on starts_at kind place state reason second_of_id code_secret version",
        once="chair_signed_by_id chair_signed_on secretary_signed_by_id secretary_signed_on",
    ),
    "governance.MeetingRules": decision(),
    "governance.AgendaItem": decision(
        changes=(
            "kind subject_type subject_id detail meeting_id position title text url state how entitled "
            "present in_favour against abstained note decision_id in_effect_from in_effect_by_id follows_id"
        ),
    ),
    "governance.Attendance": draft(),
    "governance.Case": decision(),
    "governance.CaseStep": decision(),
    "governance.LegalCeilings": decision(),
    "governance.Demand": decision(once="meeting_id"),
    "governance.DemandSupport": decision(),
    "governance.Invitation": record(changes="wrong_codes declined_on reason"),
    "governance.LadderRules": decision(),
    "governance.Ladder": decision(changes="title url case_id", once="reminded_on noticed_on ended_on"),
    "governance.Letter": decision(
        changes="title amount due_on number delivered_how delivered_to answer",
        once="withdrawn_on issued_on issued_by_id delivered_on delivery_recorded_by_id answered_on",
    ),
    "governance.Minutes": decision(),
    "governance.Office": decision(
        changes="ends_on ended_in_id ended_by_id", once="confirmed_by_id role_given_on role_returned_on"
    ),
    "governance.RulesProposal": decision(
        changes="rejection version", once="put_in_force_by_id withdrawn_on rejected_on decided_on"
    ),
    "governance.Candidate": draft(),
    "governance.Vote": decision(),
    "governance.BallotBox": emptied(),
    "governance.Resolution": decision(changes="decision_id", once="outcome ended_on"),
    "governance.ResolutionAnswer": decision(),
    "governance.Statute": decision(),
    "governance.Article": decision(),
    "governance.ArticleVersion": decision(once="withdrawn_on in_force_from decided_in_id put_in_force_by_id"),
    "governance.ActRules": decision(),
    "governance.Announcement": record(once="sent_on sent_by_id"),
    "governance.Suggestion": record(once="answer answered_on answered_by_id"),
    # -- ledger
    "ledger.Account": money(changes="name needs_member is_spent is_control"),
    "ledger.Entry": money(),
    "ledger.Line": money(),
    "ledger.Period": money(once="closed_on closed_by_id seal"),
    "ledger.PeriodBalance": money(),
    "ledger.Numbering": money(changes="last"),
    "ledger.Receipt": money(),
    "ledger.ReceiptPart": money(),
    # -- treasury
    "treasury.BankAccount": money(changes="holder mapping", once="opened_by_id closed_on closed_by_id"),
    "treasury.BankStatement": money(),
    "treasury.StatementLine": money(changes="matched_id matched_on matched_by_id"),
    "treasury.CashCount": money(),
    "treasury.Journal": money(once=REVERSAL),
    "treasury.MonthEndRules": decision(),
    "treasury.SpendingRules": decision(),
    "treasury.SpendingLimit": money(),
    "treasury.PaymentRequest": money(changes="answer reason decision_id", once="answered_on answered_by_id entry_id"),
    "treasury.Transfer": money(once=REVERSAL),
    "treasury.VoucherCategory": money(changes="name is_active"),
    "treasury.VoucherTemplate": record(
        changes=("name direction unit category_id payee purpose amount channel account_code day_of_month ended_on"),
    ),
    "treasury.Voucher": money(once=REVERSAL),
    "treasury.VoucherPaper": money(),
    # -- savings
    "savings.Block": money(once="released_on released_by_id"),
    "savings.SavingsInterestRules": decision(),
    "savings.Movement": money(),
    "savings.SavingsRules": decision(),
    "savings.SavingsTaxRules": decision(),
    "savings.SavingsTaxPayment": money(),
    "savings.TermSavingsRules": decision(),
    "savings.TermDeposit": money(changes="renewal ending penalty", once="closed_on closed_by_id"),
    "savings.WithdrawalRequest": money(
        changes="expires_on refusal_reason movement_id",
        once="approved_on approved_by_id refused_on refused_by_id cancelled_on",
    ),
    "savings.StandingOrder": decision(once="ended_on ended_by_id"),
    "savings.StandingOrderRun": record(),
    # -- loans
    "loans.Unpaid": derived(),
    "loans.Collateral": decision(changes="value_counted", once="counted_on counted_by_id returned_on returned_by_id"),
    "loans.CollectibilityRules": decision(),
    "loans.Assessment": record(),
    "loans.LoanProduct": record(changes="code name description"),
    "loans.LoanRules": decision(),
    "loans.LoanTier": record(),
    "loans.Loan": decision(
        changes=(
            "refusal_reason through first_due_on administration_fee provision savings_id schedule_version settled_on"
        ),
        once=(
            "withdrawn_on refused_on refused_by_id approved_on disbursed_on disbursed_by_id entry_id "
            "receipt_id written_off_on forgiven_on"
        ),
    ),
    "loans.LoanApproval": decision(),
    "loans.SurveyNote": record(),
    "loans.Instalment": money(),
    "loans.ScheduleVersion": record(),
    "loans.RestructuringRules": decision(),
    "loans.Restructuring": decision(
        changes=("principal_before interest_open interest_carried penalty_waived principal_after fees version_id"),
        once="approved_on dropped_on dropped_by_id done_on done_by_id entry_id receipt_id",
    ),
    "loans.RestructuringApproval": decision(),
    "loans.Guarantor": decision(changes="amount", once="consented_on declined_on ended_on ending"),
    "loans.RenewedGuarantee": decision(once="consented_on declined_on"),
    "loans.ProvisionRun": money(),
    "loans.RelatedLoanRules": decision(),
    "loans.Repayment": money(
        changes="is_superseded savings_id", once="reversed_on reversed_by_id reversal_reason entry_id receipt_id"
    ),
    "loans.RepaymentPart": money(),
    "loans.WriteOff": decision(
        changes="principal interest penalty claim from_allowance",
        once="dropped_on dropped_by_id done_on done_by_id entry_id",
    ),
    "loans.Recovery": money(once="reversed_on reversed_by_id reversal_reason entry_id receipt_id"),
    # -- pricing
    "pricing.Unit": record(changes="name is_counted multiple"),
    "pricing.Item": record(
        changes="code name kind base_unit_id skill_id smallest_lot cutting sewing lasting finishing is_active version"
    ),
    "pricing.ItemUnit": record(changes="in_base"),
    "pricing.PriceList": draft(),
    "pricing.Price": draft(),
    # -- stock
    "stock.BillLine": draft(),
    "stock.LendingLimit": record(changes="at_most"),
    "stock.StockMovement": record(),
    "stock.StockLoan": record(
        changes="due_on note movement_id recorded_for_id",
        once="confirmed_on confirmed_by_id declined_on declined_by_id decline_reason",
    ),
    "stock.ToldDate": record(),
    "stock.StockReturn": money(
        changes="channel movement_id entry_id savings_id",
        once=(
            "confirmed_on confirmed_by_id declined_on declined_by_id decline_reason reversed_on "
            "reversed_by_id reversal_reason"
        ),
    ),
    "stock.JointPurchase": record(once="cancelled_on cancel_reason"),
    "stock.JointNeed": draft(),
    "stock.Quote": draft(),
    "stock.StockRules": decision(),
    "stock.JointStep": decision(once=REVERSAL),
    "stock.JointLine": record(),
    "stock.JointShare": money(changes="taken_back_id"),
    "stock.JointPayment": money(once=REVERSAL),
    "stock.StockRequest": record(once="ended_on"),
    "stock.StockAnswer": record(),
    # -- activities
    "activities.Aid": money(once="reversed_on reversed_by_id reversal_reason returned_on"),
    "activities.CollectionRules": decision(),
    "activities.Collection": money(once=REVERSAL),
    "activities.CollectionCount": money(),
    "activities.DuesRules": decision(),
    "activities.DuesPayment": money(once=REVERSAL),
    "activities.DuesWaiver": decision(once=REVERSAL),
    "activities.HelpRequest": decision(changes="answer granted answer_reason", once="answered_on answered_by_id"),
    "activities.Programme": record(
        changes="title goal planned_on place mentor places budget", once="held_on result cancelled_on cancel_reason"
    ),
    "activities.Participant": draft(),
    "activities.ProgrammeExpense": money(once=REVERSAL),
    "activities.Visit": money(once=REVERSAL),
    # -- orders
    "orders.Order": record(
        changes="note due_on seller kept_bp terms_days deposit_asked finished_on", once="cancelled_on cancel_reason"
    ),
    "orders.OrderLine": record(changes="specification"),
    "orders.LinePhoto": draft(),
    "orders.Progress": record(changes="made told_by_id"),
    "orders.Offer": decision(changes="step", once="withdrawn_on"),
    "orders.Claim": decision(
        changes="maker_price quality rejects late_penalty reject_penalty advance_bp withdrawn quantity",
        once="withdrawn_on",
    ),
    "orders.Advance": money(once="confirmed_on confirmed_by_id reversed_on reversed_by_id reversal_reason"),
    "orders.Capacity": record(changes="per_week cutting sewing lasting finishing days_per_week hours_per_day"),
    "orders.Closure": draft(),
    "orders.WorkEstimate": record(changes="cutting sewing lasting finishing told_on told_by_id"),
    "orders.Delivery": record(
        changes="delivered received accepted rejected reworked rejection_reason confirmed_on confirmed_by_id"
    ),
    "orders.MaterialGiven": record(
        changes="movement_id returned", once="confirmed_on confirmed_by_id dropped_on dropped_by_id drop_reason"
    ),
    "orders.Settlement": money(
        changes="method paid_in",
        once="paid_on paid_by_id payout_entry_id savings_id reversed_on reversed_by_id reversal_reason",
    ),
    "orders.Offset": money(changes="consented_on consented_by_id entry_id handle", once="withdrawn_on"),
    "orders.WorkRequest": decision(changes="wish asked_on warnings claim_id withdrawn_on"),
    "orders.Round": record(),
    "orders.RoundShare": record(),
    "orders.TermsChange": decision(once="agreed_on agreed_by_id dropped_on"),
    "orders.FreeHands": record(once="ended_on"),
    "orders.GoodsTaken": record(),
    # -- sales
    "sales.Invoice": money(once=REVERSAL),
    "sales.InvoiceLine": money(),
    "sales.BuyerPayment": money(once=REVERSAL),
    "sales.ProceedsPayment": money(once=REVERSAL),
    "sales.BuyerReturn": money(once=REVERSAL),
    "sales.ReturnLine": money(),
    "sales.Shipment": money(once=REVERSAL),
    "sales.ShipmentLine": record(),
    "sales.SellingRules": decision(),
    # -- shu
    "shu.ShuRules": decision(),
    "shu.Distribution": money(
        changes="decided_in_id entry_usp_id entry_umum_id", once="withdrawn_on approved_on approved_by_id"
    ),
    "shu.FundPart": money(),
    "shu.Share": money(changes="payment_id"),
    "shu.SharePayment": money(once=REVERSAL),
    # -- departures
    "departures.LeavingRules": decision(),
    "departures.Departure": decision(
        changes="principal mandatory voluntary shu owed claims set_off to_pay pay_by entry_id through",
        once=("dropped_on dropped_by_id approved_on approved_by_id paid_on paid_by_id payout_entry_id receipt_id"),
    ),
}
