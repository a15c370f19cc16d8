"""Which kind of statement a file is, told from what it begins with and not from its name."""

from treasury.arithmetic.statements import csv_file, mt940_file, ofx_file
from treasury.arithmetic.statements.parsed import ParsedStatement


def read(content: bytes, mapping: csv_file.Mapping) -> ParsedStatement:
    """A statement from the bytes of a file; `mapping` says what the columns of a CSV are.

    Raises StatementError with a sentence for whoever handed the file in.
    """
    begin = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if begin.startswith((b"OFXHEADER", b"<?XML", b"<OFX")):
        return ofx_file.parse(content)
    if begin.startswith((b":20:", b"{1:", b"{4:")) or b"\n:20:" in begin:
        return mt940_file.parse(content)
    return csv_file.parse(content, mapping)
