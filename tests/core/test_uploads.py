"""Photos and papers: what is kept is made anew, and what cannot be kept is refused in words."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from PIL import Image

from core import uploads
from core.http import show
from core.models import StoredFile
from core.permissions import Role
from core.services import store
from tests.builders import a_user


def a_photo(size=(400, 300), *, form="JPEG", name="sandal.jpg", mode="RGB", **facts):
    out = io.BytesIO()
    Image.new(mode, size, "saddlebrown").save(out, form, **facts)
    return SimpleUploadedFile(name, out.getvalue())


def test_a_photo_is_turned_upright_made_small_and_told_nothing_more():
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was held on its side
    exif[0x010F] = "Merek Ponsel"
    kept = uploads.photo(a_photo((4000, 3000), exif=exif))
    image = Image.open(io.BytesIO(kept.content))
    assert (image.format, image.size) == ("JPEG", (1200, 1600))
    assert not image.getexif()
    assert (kept.name, kept.content_type) == ("sandal.jpg", "image/jpeg")


def test_a_transparent_drawing_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    kept = uploads.photo(SimpleUploadedFile("pola.png", out.getvalue()))
    assert Image.open(io.BytesIO(kept.content)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: SimpleUploadedFile("foto.jpg", b"no image at all"), "no_image"),
        (lambda: SimpleUploadedFile("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "no_image"),
        (lambda: SimpleUploadedFile("foto.jpg", a_photo().read()[:200]), "no_image"),
        (lambda: a_photo((8000, 5000), form="PNG", mode="1"), "too_large"),
        (lambda: SimpleUploadedFile("foto.jpg", bytes(uploads.MOST_BYTES + 1)), "too_heavy"),
    ],
    ids=["words", "drawing", "torn", "40 megapixels", "heavy"],
)
def test_what_is_no_photo_is_refused(file, code):
    with pytest.raises(ValidationError) as refusal:
        uploads.photo(file())
    assert refusal.value.code == code


def test_a_paper_is_a_pdf_or_a_photo():
    pdf = uploads.paper(SimpleUploadedFile("../surat tanah.pdf", b"%PDF-1.7 rest"))
    assert (pdf.name, pdf.content_type, pdf.content) == ("surat tanah.pdf", "application/pdf", b"%PDF-1.7 rest")
    assert uploads.paper(a_photo()).content_type == "image/jpeg"
    with pytest.raises(ValidationError) as refusal:
        uploads.paper(SimpleUploadedFile("surat.docx", b"PK"))
    assert refusal.value.code == "no_paper"


@pytest.mark.django_db
def test_a_stored_file_is_shown_and_never_changed(django_assert_num_queries):
    kept = store(uploads.photo(a_photo()), by=a_user(Role.SECRETARY))
    response = show(StoredFile.objects.get(pk=kept.pk))
    assert (response["Content-Type"], response.content) == ("image/jpeg", kept.content)
    with django_assert_num_queries(1):
        [file] = StoredFile.objects.all()
        assert file.size == len(kept.content)
    with pytest.raises(ProgrammingError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_storedfile SET name = 'x'")
