"""Bank statements as OFX, read by the library `ofxtools`."""

import io

from django.utils.translation import gettext as _
from ofxtools.header import OFXHeaderError
from ofxtools.Parser import OFXTree, ParseError

from treasury.arithmetic.statements.parsed import ParsedStatement, StatementError, StatementLine


def parse(content: bytes) -> ParsedStatement:
    """One account's statement. Raises StatementError where it cannot be read or holds several accounts."""
    tree = OFXTree()
    try:
        tree.parse(io.BytesIO(content))
        statements = tree.convert().statements
    except (ParseError, OFXHeaderError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        raise StatementError(_("The file cannot be read as OFX. Export it anew from the bank.")) from error
    if len(statements) != 1:
        raise StatementError(_("The file holds several accounts. Export one account at a time."))
    [statement] = statements
    listed = statement.banktranlist
    lines = tuple(
        StatementLine(
            on=row.dtposted.date(),
            amount=row.trnamt,
            text=" ".join(" ".join(filter(None, (row.name, row.memo))).split())[:200],
            reference=(row.refnum or row.fitid or "")[:60],
        )
        for row in listed or []
    )
    return ParsedStatement(
        lines,
        statement.account.acctid,
        None,
        statement.ledgerbal.balamt if statement.ledgerbal is not None else None,  # an aggregate is an empty list too
        listed.dtstart.date() if listed is not None else None,
        listed.dtend.date() if listed is not None else None,
    ).checked()
