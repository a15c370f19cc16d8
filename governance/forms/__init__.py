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
from governance.forms.deciding import DecisionFilter, DecisionForm, ElectionForm, EndTermForm, RulesForm

__all__ = [
    "AgendaForm",
    "AgreementForm",
    "AnswerForm",
    "CaseFilter",
    "DecisionFilter",
    "DecisionForm",
    "DecisionStepForm",
    "ElectionForm",
    "EndTermForm",
    "EndingForm",
    "ReportForm",
    "RulesForm",
    "SanctionForm",
    "TalkForm",
]
