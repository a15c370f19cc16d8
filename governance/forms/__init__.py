"""The shape of what people type in the house."""

from governance.forms.cases import (
    AgendaForm,
    AgreementForm,
    AnswerForm,
    CaseFilter,
    DecisionStepForm,
    EndingForm,
    ReportForm,
    SanctionForm,
    TalkForm,
)
from governance.forms.deciding import DecisionFilter, DecisionForm, ElectionForm, EndTermForm
from governance.forms.ladder import DeliveryForm, LetterAnswerForm, LetterFilter, OwingForm, SignForm
from governance.forms.rules import ProposalForm, PutInForceForm, WithdrawalForm

__all__ = [
    "AgendaForm",
    "AgreementForm",
    "AnswerForm",
    "CaseFilter",
    "DecisionFilter",
    "DecisionForm",
    "DecisionStepForm",
    "DeliveryForm",
    "ElectionForm",
    "EndTermForm",
    "EndingForm",
    "LetterAnswerForm",
    "LetterFilter",
    "OwingForm",
    "ProposalForm",
    "PutInForceForm",
    "ReportForm",
    "SanctionForm",
    "SignForm",
    "TalkForm",
    "WithdrawalForm",
]
