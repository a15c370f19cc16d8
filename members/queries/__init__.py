"""Questions about the register, each as at a date."""

from members.queries.business import size_class, with_workers
from members.queries.member import Standing, may, nik_doubts, of_standing, standing, tallies
