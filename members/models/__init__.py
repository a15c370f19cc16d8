"""The register: who belongs to the cooperative, with which business, workers and skills; and the partners outside."""

from members.models.business import Business, Product, SizeClass, Skill, WorkerCount
from members.models.member import Member
from members.models.partner import Partner
