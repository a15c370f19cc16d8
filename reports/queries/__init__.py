"""What the reports read: a month, or two years side by side."""

from reports.queries.month import closed_units, course, month, months, signatories
