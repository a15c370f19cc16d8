"""PDFs that people hand in, and the words on what the house keeps of them."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary, Name
from pypdf import PdfReader


def a_pdf(words="nota", *, name="nota.pdf", change=None, **saving) -> SimpleUploadedFile:
    """One page with `words` on it; `change(pdf, page)` does more to it before it is saved."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())
        if change:
            change(pdf, page)
        pdf.save(out, **saving)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def words_on(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
