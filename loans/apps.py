from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoansConfig(AppConfig):
    name = "loans"
    verbose_name = _("Loans")
    hooks = {
        "arrears.loan": "loans.hooks.owed",
        "effects.loans.loanrules": "loans.hooks.of_loan_rules",
        "effects.governance.legalceilings": "loans.hooks.of_ceilings",
        "personal_data.loans": "loans.hooks.loans",
        "personal_data.guarantees": "loans.hooks.guarantees",
    }
    audit_sentences = {
        "loan.carried": _("{by} carried {principal} over from the books before"),
        "loan_product.added": _("{by} added the loan product {subject}."),
        "loan.applied": _("{by} wrote down the application {subject}."),
        "loan.withdrawn": _("{by} took back the application {subject}."),
        "loan.guaranteed": _("{by} stands for {subject}."),
        "loan.guarantee_declined": _("{by} cannot stand for {subject}."),
        "loan.guaranteed_again": _("{by} stands for the higher sum of {subject}, {amount}."),
        "loan.guarantee_again_declined": _("{by} does not stand for the higher sum of {subject}."),
        "loan.seconded": _("{by} said yes to {subject}; somebody else must agree as well."),
        "loan.approved": _("{by} approved {subject}."),
        "loan.guarantor_asked": _("{by} asked {name} to stand for {subject}."),
        "loan.guarantee_taken_back": _("{name} took the yes to {subject} back."),
        "loan.guarantor_released": _("{by} let {name} go as guarantor of {subject}; others stand for it."),
        "loan.surveyed": _("{by} visited the borrower of {subject} on {on}."),
        "loan.pledged": _("{by} wrote down collateral for {subject}: {what}"),
        "loan.collateral_valued": _("{by} counts {amount} of the collateral of {subject}: {what}"),
        "loan.collateral_returned": _("{by} gave collateral of {subject} back: {what}"),
        "loan.refused": _("{by} did not grant {subject}: {reason}"),
        "loan.disbursed": _("{by} paid out {subject}."),
        "loan.repaid": _("{by} received a payment for {subject}."),
        "loan.settled": _("{subject} is paid off."),
        "provision.posted": _("{by} brought the allowance for loan losses to {amount} ({subject})."),
        "loan.write_off_proposed": _("{by} proposed to give up {subject}: {reason}"),
        "loan.write_off_dropped": _("{by} put the proposal to give up {subject} aside."),
        "loan.written_off": _("{by} wrote {subject} off; {amount} is still claimed ({decision})."),
        "loan.forgiven": _("{by} ended the claim on {subject}, {amount} ({decision})."),
        "loan.recovered": _("{by} received {amount} for the written-off loan {subject}."),
        "loan.recovery_reversed": _("{by} reversed a payment for the written-off loan {subject}: {reason}"),
        "loan.restructuring_proposed": _("{by} proposed new terms for {subject}: {reason}"),
        "loan.restructuring_approved": _("{by} agreed to new terms for {subject}."),
        "loan.restructuring_dropped": _("{by} put the new terms for {subject} aside."),
        "loan.restructured": _("{by} carried out new terms for {subject}: {amount} is owed now."),
        "loan.assessed": _("{by} wrote down a judgement on {subject}: {reason}"),
        "loan.payments_replayed": _("{by} put payments of {subject} in order; {count} were worked out anew."),
        "loan.collateral_set_off": _("{by} set off blocked savings that stood behind the loan: {what}"),
        "loan.repayment_reversed": _("{by} reversed a payment of {subject}: {reason}"),
    }
