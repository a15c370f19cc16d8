"""Bank statements as plain values, read from the files that banks hand out: CSV, MT940, OFX. Pure: no ORM, no clock."""

from treasury.arithmetic.statements.parsed import ParsedStatement, StatementError, StatementLine, in_rupiah
from treasury.arithmetic.statements.reading import read
