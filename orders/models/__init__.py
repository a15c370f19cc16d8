"""Orders from partners, what a workshop can carry, the offers to other hands and who takes them, up to the settlement.

Quantities are in the item's own (base) unit unless a name says otherwise; prices are whole rupiah per base unit.
"""

from orders.models.advance import Advance
from orders.models.capacity import Capacity, Closure, WorkEstimate
from orders.models.claim import Claim
from orders.models.free_hands import FreeHands
from orders.models.goods import GoodsTaken
from orders.models.handover import Delivery
from orders.models.material import MaterialGiven
from orders.models.offer import AgreedTerms, Offer
from orders.models.offset import Offset
from orders.models.order import LinePhoto, Order, OrderLine, Progress
from orders.models.quantities import NONE, measured
from orders.models.round import Round, RoundShare, WorkRequest
from orders.models.settlement import Settlement
from orders.models.terms import TermsChange
