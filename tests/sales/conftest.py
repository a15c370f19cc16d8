"""The workshops and the sandal of the orders."""

from tests.orders.conftest import budi as budi
from tests.orders.conftest import sandal as sandal
from tests.orders.conftest import siti as siti
from tests.orders.conftest import tono as tono
