from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoansConfig(AppConfig):
    name = "loans"
    verbose_name = _("Loans")
    hooks = {
        "takes_effect.write_off": "loans.services.write_off.decided",
        "arrears.loan": "loans.hooks.owed",
        "entries.loan": "loans.hooks.page_of_loan",
        "entries.recovery": "loans.hooks.page_of_loan",
        "entries.repayment": "loans.hooks.page_of_loan",
        "entries.restructuring": "loans.hooks.page_of_loan",
        "effects.loans.loanrules": "loans.hooks.of_loan_rules",
        "effects.governance.legalceilings": "loans.hooks.of_ceilings",
        "personal_data.loans": "loans.hooks.loans",
        "standing.loan": "loans.services.repayment.repay_due_from_savings",
        "personal_data.guarantees": "loans.hooks.guarantees",
    }
    audit_sentences = {
        "loan.carried": _("{by} carried {principal} over from the previous books"),
        "loan_product.added": _("{by} added the loan product {subject}."),
        "loan.applied": _("{by} recorded the application {subject}."),
        "loan.withdrawn": _("{by} withdrew the application {subject}."),
        "loan.guaranteed": _("{by} guarantees {subject}."),
        "loan.guarantee_declined": _("{by} cannot guarantee {subject}."),
        "loan.guaranteed_again": _("{by} guarantees the higher amount of {subject}, {amount}."),
        "loan.guarantee_again_declined": _("{by} does not guarantee the higher amount of {subject}."),
        "loan.seconded": _("{by} approved {subject}; somebody else must approve it as well."),
        "loan.approved": _("{by} approved {subject}."),
        "loan.guarantor_asked": _("{by} asked {name} to guarantee {subject}."),
        "loan.guarantee_taken_back": _("{name} withdrew the guarantee for {subject}."),
        "loan.guarantor_released": _("{by} released {name} as guarantor of {subject}; others guarantee it."),
        "loan.surveyed": _("{by} visited the borrower of {subject} on {on}."),
        "loan.pledged": _("{by} recorded collateral for {subject}: {what}"),
        "loan.collateral_valued": _("{by} counts {amount} of the collateral of {subject}: {what}"),
        "loan.collateral_returned": _("{by} gave collateral of {subject} back: {what}"),
        "loan.refused": _("{by} did not grant {subject}: {reason}"),
        "loan.disbursed": _("{by} paid out {subject}."),
        "loan.repaid": _("{by} received a payment for {subject}."),
        "loan.settled": _("{subject} is paid off."),
        "provision.posted": _("{by} brought the allowance for loan losses to {amount} ({subject})."),
        "loan.write_off_proposed": _("{by} proposed the write-off of {subject}: {reason}"),
        "loan.write_off_dropped": _("{by} dropped the write-off proposal for {subject}."),
        "loan.written_off": _("{by} wrote {subject} off; {amount} is still claimed ({decision})."),
        "loan.forgiven": _("{by} ended the claim on {subject}, {amount} ({decision})."),
        "loan.recovered": _("{by} received {amount} for the written-off loan {subject}."),
        "loan.recovery_reversed": _("{by} reversed a payment for the written-off loan {subject}: {reason}"),
        "loan.restructuring_proposed": _("{by} proposed new terms for {subject}: {reason}"),
        "loan.restructuring_approved": _("{by} approved new terms for {subject}."),
        "loan.restructuring_dropped": _("{by} dropped the new terms for {subject}."),
        "loan.restructured": _("{by} carried out new terms for {subject}: {amount} is owed now."),
        "loan.assessed": _("{by} recorded an assessment of {subject}: {reason}"),
        "loan.payments_replayed": _("{by} recalculated {count} payments of {subject} after a correction."),
        "loan.collateral_set_off": _("{by} set off blocked savings that secured the loan: {what}"),
        "loan.repayment_reversed": _("{by} reversed a payment of {subject}: {reason}"),
    }
