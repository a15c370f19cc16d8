"""The shape of what people type about orders and shared work."""

from core.forms import ReasonForm
from orders.forms.advance import MoneyForm
from orders.forms.bill import BillsFilter
from orders.forms.capacity import CapacityForm, ClosureForm, EstimateForm
from orders.forms.claim import ClaimForm
from orders.forms.common import OnForm, WayOfPayingForm
from orders.forms.fairness import FairnessFilter
from orders.forms.free_hands import FreeHandsForm
from orders.forms.goods import GoodsForm
from orders.forms.handover import ConfirmForm, DeliverForm, DisputeForm
from orders.forms.help import OfferRestForm
from orders.forms.material import MaterialForm, ReturnForm
from orders.forms.objection import ObjectionForm, SentForm
from orders.forms.offer import OfferForm, SharedOfferFields, offer_dates, terms_facts
from orders.forms.offset import ConsentForm
from orders.forms.order import OrderFilter, ProgressForm, SpecificationForm, TakeForm
from orders.forms.round import AcceptForm, AskForm
from orders.forms.settlement import PayOutForm, SettleForm
from orders.forms.terms import AnswerForm, TermsForm
