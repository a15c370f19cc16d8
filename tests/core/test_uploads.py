"""Photos and papers: what is kept is made anew, and what cannot be kept is refused in words."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from pikepdf import Dictionary, Name
from PIL import Image

from core import uploads
from core.http import show
from core.models import StoredFile
from core.permissions import Role
from core.services import store
from tests.builders import a_user
from tests.papers import a_pdf, words_on


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
        (lambda: a_photo((30_000, 30_000), form="PNG", mode="1"), "too_large"),
        (lambda: a_photo_that_says((65_500, 65_500)), "too_large"),
        (lambda: SimpleUploadedFile("foto.jpg", bytes(uploads.MOST_BYTES + 1)), "too_heavy"),
    ],
    ids=["words", "drawing", "torn", "40 megapixels", "900 megapixels", "4 gigapixels", "heavy"],
)
def test_what_is_no_photo_is_refused(file, code):
    with pytest.raises(ValidationError) as refusal:
        uploads.photo(file())
    assert refusal.value.code == code


def a_photo_that_says(size):
    """A small JPEG whose header claims to be of another size."""
    content = bytearray(a_photo().read())
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = size[1].to_bytes(2) + size[0].to_bytes(2)
    return SimpleUploadedFile("foto.jpg", bytes(content))


RUN = b"<script>fetch('/logout/')</script>"


@pytest.mark.parametrize(
    "file",
    [
        lambda: a_photo(name="foto.html", comment=RUN),
        lambda: SimpleUploadedFile("foto.jpg", a_photo().read() + b"PK\x03\x04" + RUN),
        lambda: SimpleUploadedFile("foto.js", a_photo(form="PNG").read() + RUN),
    ],
    ids=["script in a comment", "archive behind a photo", "script behind a drawing"],
)
def test_of_a_photo_that_is_also_something_else_the_photo_is_kept(file):
    kept = uploads.paper(file())
    assert kept.name == "foto.jpg"
    assert Image.open(io.BytesIO(kept.content)).format == "JPEG"
    assert RUN not in kept.content


def test_a_moving_picture_is_no_photo():
    out = io.BytesIO()
    Image.new("P", (10, 10)).save(out, "GIF")
    with pytest.raises(ValidationError) as refusal:
        uploads.paper(SimpleUploadedFile("foto.jpg", b"GIF89a/*" + out.getvalue() + b"*/=1;" + RUN))
    assert refusal.value.code == "no_paper"


def test_an_empty_file_and_a_wrong_ending_are_told_apart():
    with pytest.raises(ValidationError) as refusal:
        uploads.PaperField().clean(SimpleUploadedFile("nota.pdf", b""))
    assert refusal.value.code == "empty"
    assert uploads.PaperField().clean(a_photo(name="nota.pdf")).name == "nota.jpg"
    assert uploads.PaperField().clean(a_pdf(name="nota.jpg")).content_type == "application/pdf"


# -- PDFs ------------------------------------------------------------------------------------------------------------


def dangerous(pdf, page):
    """Everything that a PDF can run, open, send or carry."""
    script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert('racun')"))
    launch = Dictionary(S=Name.Launch, F=pikepdf.String("racun.exe"), Next=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="racun", Rect=[0, 0, 9, 9], AA=Dictionary(K=script)
    )
    send = Dictionary(S=Name.SubmitForm, F=pikepdf.String("https://racun.example"))
    page.Annots = pdf.make_indirect([pdf.make_indirect(link), pdf.make_indirect(field)])
    page.AA = Dictionary(O=script, C=send)
    picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceGray
    picture.AF = [Dictionary(Type=Name.Filespec, F="racun.exe", EF=Dictionary(F=pdf.make_stream(b"racun")))]
    picture.Ref = Dictionary(F=pikepdf.String("racun.pdf"), Page=0)
    page.Resources.XObject = Dictionary(I1=picture)
    pdf.attachments["racun.exe"] = b"MZ racun"
    pdf.Root.OpenAction = script
    pdf.Root.Names.JavaScript = Dictionary(Names=[pikepdf.String("racun"), script])
    pdf.Root.AcroForm = Dictionary(Fields=[field], XFA=pikepdf.String("<xdp>racun</xdp>"))
    pdf.Root.PieceInfo = Dictionary(Racun=Dictionary(Private=pikepdf.String("racun")))
    pdf.docinfo["/Author"] = "racun"


def inside(content: bytes) -> bytes:
    """The PDF with every stream unpacked, as one can search it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=UNPACKED)
    return out.getvalue()


UNPACKED = pikepdf.StreamDecodeLevel.all


def test_of_a_pdf_the_pages_are_kept_and_nothing_that_runs():
    file = a_pdf("Nota kulit", name="../surat tanah.pdf", change=dangerous)
    assert b"racun" in inside(file.read())
    file.seek(0)
    kept = uploads.paper(file)
    assert (kept.name, kept.content_type, words_on(kept.content)) == (
        "surat tanah.pdf",
        "application/pdf",
        "Nota kulit",
    )
    for word in (b"racun", b"/JS", b"/Launch", b"/AA", b"/EF", b"/XFA", b"/OpenAction", b"/Annots", b"/AcroForm"):
        assert word not in inside(kept.content), word


def test_what_was_filled_into_a_form_stays_readable():
    def fill(pdf, page):
        ink = pdf.make_stream(b"BT /F1 10 Tf 2 4 Td (seratus ribu) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        ink.BBox, ink.Resources = [0, 0, 100, 20], page.Resources
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="a", V="x", Rect=[20, 20, 120, 40], F=4,
            AP=Dictionary(N=ink),
        )  # fmt: skip
        field = pdf.make_indirect(field)
        page.Annots, pdf.Root.AcroForm = [field], Dictionary(Fields=[field])

    kept = uploads.paper(a_pdf("Jumlah", change=fill))
    assert words_on(kept.content).split() == ["Jumlah", "seratus", "ribu"]
    assert b"/Annots" not in inside(kept.content)


def test_the_same_paper_handed_in_twice_is_kept_as_the_same_bytes():
    assert uploads.paper(a_pdf()).content == uploads.paper(a_pdf()).content


def test_a_page_behind_a_pdf_is_not_kept():
    kept = uploads.paper(SimpleUploadedFile("nota.pdf", a_pdf().read() + b"\n<html>" + RUN))
    assert RUN not in kept.content
    assert words_on(kept.content) == "nota"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: SimpleUploadedFile("nota.pdf", b"%PDF-1.7 rest"), "no_pdf"),
        (lambda: SimpleUploadedFile("nota.pdf", a_pdf().read()[:300]), "no_pdf"),
        (lambda: a_pdf(encryption=pikepdf.Encryption(owner="rahasia", user="rahasia")), "locked"),
        (lambda: a_pdf(change=lambda pdf, page: pdf.pages.remove(p=1)), "pages"),
        (lambda: a_pdf(change=lambda pdf, page: pdf.pages.extend([page] * uploads.MOST_PAGES)), "pages"),
        (lambda: SimpleUploadedFile("surat.docx", b"PK"), "no_paper"),
    ],
    ids=["words", "torn", "locked", "no page", "too many pages", "another format"],
)
def test_what_is_no_paper_is_refused(file, code):
    with pytest.raises(ValidationError) as refusal:
        uploads.paper(file())
    assert refusal.value.code == code


def test_a_paper_may_be_a_photo():
    assert uploads.paper(a_photo()).content_type == "image/jpeg"


@pytest.mark.django_db
def test_a_pdf_is_saved_and_never_opened_in_our_place():
    kept = store(uploads.paper(a_pdf(name='nota"<b>.pdf')), by=a_user(Role.SECRETARY))
    response = show(kept)
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''nota%22%3Cb%3E.pdf"
    assert {"default-src 'none'", "sandbox"} <= set(response["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
def test_a_stored_file_is_shown_and_never_changed(django_assert_num_queries):
    kept = store(uploads.photo(a_photo()), by=a_user(Role.SECRETARY))
    response = show(StoredFile.objects.get(pk=kept.pk))
    assert (response["Content-Type"], response.content) == ("image/jpeg", kept.content)
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    with django_assert_num_queries(1):
        [file] = StoredFile.objects.all()
        assert file.size == len(kept.content)
    with pytest.raises(ProgrammingError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_storedfile SET name = 'x'")
