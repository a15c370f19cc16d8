"""Answers about offices, rules and cases, each as at a date."""

from governance.queries.agenda import is_before_the_members
from governance.queries.agenda import items as agenda_of
from governance.queries.attendance import Attended, attendance, attendance_of_everybody, entitled, quorum
from governance.queries.case import open_cases, sanction, sanctions
from governance.queries.meeting import decisions_of, with_attendance
from governance.queries.office import offices
from governance.queries.rules import (
    in_force_beside,
    kind_named,
    kinds,
    name_of,
    overview,
    rules,
    set_by,
    term_fields,
    terms,
)
