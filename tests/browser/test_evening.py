"""The evening of the 12th: the secretary on one page of a laptop, a member with a phone, light and dark."""

import pytest

from core.dates import today
from governance.services import attendance
from tests.browser.conftest import LAPTOP, PASSWORD, PHONE, axe_clean, fits
from tests.builders import a_member
from tests.governance.builders import an_invited_meeting, an_item


def examine(page):
    axe_clean(page)
    assert fits(page)


def walk_in(page, username):
    page.goto("/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def press(page, words):
    page.locator("main").get_by_role("button", name=words).or_(
        page.locator("main").get_by_role("link", name=words)
    ).first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("dark", [False, True])
def test_an_evening_on_one_page_and_on_a_phone(open_page, secretary, dark):
    a_member("Sri", by=secretary, username="sri")
    meeting = an_invited_meeting(by=secretary, on=today())
    item = an_item(meeting, by=secretary, title="Iuran naik menjadi Rp 15.000", text="Kas sosial menipis.")
    election = an_item(meeting, by=secretary, title="Pemilihan ketua", kind="election", detail="chair")

    phone = open_page(size=PHONE, dark=dark)
    walk_in(phone, "sri")
    phone.goto(f"/governance/meetings/{meeting.pk}/")
    examine(phone)
    assert phone.get_by_role("link", name="Saya berhalangan").or_(phone.get_by_text("Anda diundang")).first.is_visible()

    laptop = open_page(size=LAPTOP, dark=dark)
    walk_in(laptop, "secretary")
    laptop.goto(f"/governance/meetings/{meeting.pk}/evening/")
    examine(laptop)
    press(laptop, "Buka rapat")
    press(laptop, "Buka rapat")
    examine(laptop)
    laptop.goto(f"/governance/meetings/{meeting.pk}/code/")
    examine(laptop)
    meeting.refresh_from_db()

    phone.goto(f"/governance/meetings/{meeting.pk}/")
    press(phone, "Saya hadir")
    examine(phone)
    phone.locator("[name=code]").fill(attendance.code_of(meeting))
    press(phone, "Saya hadir")
    phone.wait_for_url(f"**/governance/meetings/{meeting.pk}/")

    laptop.goto(f"/governance/meetings/{meeting.pk}/evening/")
    press(laptop, "Suara rahasia")
    laptop.wait_for_url(f"**/governance/meetings/{meeting.pk}/evening/")
    examine(laptop)
    phone.goto(f"/governance/meetings/{meeting.pk}/")
    examine(phone)
    press(phone, "Beri suara sekarang")
    examine(phone)
    # The connection drops before the vote is sent: what was ticked is still there.
    phone.locator("[name=choice][value=for]").check(force=True)
    phone.reload()
    assert phone.locator("[name=choice][value=for]").is_checked()
    phone.locator("main form .button.primary").click()
    phone.wait_for_url(f"**/governance/meetings/{meeting.pk}/")
    examine(phone)

    laptop.reload()
    press(laptop, "Tutup dan hitung suara")
    laptop.locator("[name=text]").fill("Iuran dibahas.")
    press(laptop, "Simpan notulen")
    item.refresh_from_db()
    assert (item.state, item.in_favour, meeting.minutes.get().text) == ("passed", 1, "Iuran dibahas.")
    for address in (
        f"meetings/{meeting.pk}/evening/",
        f"meetings/{meeting.pk}/minutes/",
        f"meetings/{meeting.pk}/invitations/",
        f"meetings/{meeting.pk}/attendance/",
        f"agenda/{election.pk}/candidates/",
        "meetings/",
        "meetings/plan/",
        "meetings/demands/",
    ):
        for page in (laptop, phone):
            if page.goto(f"/governance/{address}").ok:
                examine(page)
