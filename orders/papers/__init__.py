"""The papers of this book."""

from orders.papers.handover import handover
