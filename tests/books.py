"""For tests that tell a story: at every stop the books must keep their promises."""

import datetime

from reports import checks


def assert_clean(as_of: datetime.date) -> None:
    """No check of reports/checks/ finds anything; a failure names the check and the rows."""
    assert {check.name: check.rows for check in checks.run_all(as_of=as_of) if not check.passed} == {}
