"""The shape of what people type in the house."""

from governance.forms.deciding import DecisionFilter, DecisionForm, ElectionForm, EndTermForm, RulesForm

__all__ = ["DecisionFilter", "DecisionForm", "ElectionForm", "EndTermForm", "RulesForm"]
