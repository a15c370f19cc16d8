from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")
    audit_sentences = {
        "member.applied": _("{by} recorded the application of {subject}"),
        "member.admitted": _("{by} admitted {subject}"),
        "member.refused": _("{by} refused the application of {subject}: {reason}"),
        "member.entered": _("{by} entered {subject} into the register under number {number}"),
        "member.left": _("{by} recorded that {subject} left: {reason}"),
        "member.corrected": _("{by} corrected particulars. {changes}"),
        "member.nik_read": _("{by} read the NIK of {subject} in full"),
        "member.exported": _("{by} took out everything the register holds about {subject}"),
        "member.login_given": _("{by} gave {subject} the login {username}"),
        "member.login_linked": _("{by} linked the login {username} to {subject}"),
        "member.password_reset": _("{by} gave {subject} a new temporary password"),
        "business.described": _("{by} described the business {business}"),
        "business.corrected": _("{by} corrected the business {business}. {changes}"),
        "business.workers_counted": _("{by} counted {family} family and {hired} hired workers"),
        "business.skills_set": _("{by} set the skills: {skills}"),
        "partner.recorded": _("{by} added the partner {subject}"),
        "partner.corrected": _("{by} corrected the partner {subject}. {changes}"),
        "register.exported": _("{by} took the register out as a workbook, {rows} rows"),
    }
