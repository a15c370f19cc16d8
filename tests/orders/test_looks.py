"""What an order should look like is said when it is taken; a photo that is none loses nothing that was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.uploads import MOST_BYTES
from orders.models import LinePhoto, Order
from tests.core.test_uploads import a_photo
from tests.orders.test_accepting import facts
from tests.orders.test_views import post, yes

WORDS = "Cokelat tua, sol karet, ukuran 38–42."


def test_words_and_photo_come_along_with_the_yes(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=20, specification=WORDS)
    page = post(client, "take", data)
    assert WORDS in page.text
    assert 'enctype="multipart/form-data"' in page.text
    assert yes(client, page, data | {"photo": a_photo((1200, 900))}).status_code == 302
    line = Order.objects.get().lines.get()
    assert line.specification == WORDS
    photo = line.photos.get()
    assert (photo.file.content_type, photo.file.by) == ("image/jpeg", budi.user)
    assert "foto" in client.get(f"/orders/{line.order_id}/").text.lower()


def test_every_item_has_its_own(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=10) | {"item_2": sandal.pk, "quantity_2": "5", "unit_2": sandal.base_unit_id}
    data |= {"specification_2": "Hitam"}
    page = post(client, "take", data)
    assert yes(client, page, data | {"photo_2": a_photo()}).status_code == 302
    first, second = Order.objects.get().lines.order_by("pk")
    assert (first.specification, first.photos.count()) == ("", 0)
    assert (second.specification, second.photos.count()) == ("Hitam", 1)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: SimpleUploadedFile("foto.jpg", b"bukan foto"), "bukan foto yang bisa dibuka"),
        (lambda: SimpleUploadedFile("surat.pdf", b"%PDF-1.7 x"), "bukan foto yang bisa dibuka"),
        (lambda: a_photo((8000, 5000), form="PNG", mode="1"), "30 juta piksel"),
        (lambda: SimpleUploadedFile("foto.jpg", bytes(MOST_BYTES + 1)), "12 MB"),
    ],
    ids=["no image", "wrong type", "40 megapixels", "heavy"],
)
def test_a_photo_that_is_none_is_refused_in_words_and_nothing_typed_is_lost(client, budi, sandal, file, sentence):
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=20, specification=WORDS, note="Untuk pameran")
    page = post(client, "take", data)
    again = yes(client, page, data | {"photo": file()})
    assert again.status_code == 200
    assert not Order.objects.exists()
    form = again.context["form"]
    assert sentence in " ".join(form.errors["photo"])
    assert sentence in again.text
    assert again.context["fit"]  # the page still says what fits, with the field beside it
    for name in ("quantity", "specification", "note", "due_on"):
        assert str(form[name].value()) == data[name]
    assert yes(client, again, data | {"photo": a_photo()}).status_code == 302
    assert LinePhoto.objects.count() == 1
