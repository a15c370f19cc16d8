"""What people do with the register: apply, decide, enter, correct, give a login, leave."""

from members.errors import MemberRefused
from members.services.application import admit, apply, enter, refuse
from members.services.business import count_workers, set_business, set_skills
from members.services.login import give_login, link_login, reset_password
from members.services.member import correct, leave, read_nik, take_data_out, take_register_out
from members.services.partner import correct_partner, record_partner
