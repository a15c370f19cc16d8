"""Photos and papers that people hand in: looked at, made anew, and kept in the database beside what they belong to.

Nothing is kept as it came. A photo is opened, turned upright, made small enough for a phone and written out again,
so that what is kept is an image and nothing else: no place where it was taken, no camera, nothing hidden behind it.
A PDF becomes another one with the same pages as they look, and nothing that runs, opens, sends or is attached.
"""

import io
from dataclasses import dataclass

import pikepdf
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pikepdf import Dictionary, Name, Stream
from PIL import Image, ImageOps

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 30_000_000
LONGEST_SIDE = 1600
QUALITY = 80
FORMATS = ["JPEG", "PNG", "WEBP"]
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PAGES = 200
pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED)

OF_A_PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources", "/Group"}
"""What a page is printed from. Links, fields, actions, thumbnails and attachments are the rest."""
BESIDE_THE_PICTURE = ("/AF", "/Metadata", "/OPI", "/PieceInfo", "/Ref")
"""What a picture or font on a page can carry besides itself: files, other programs' data, other documents."""
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""In a stream: its content is to be fetched from somewhere else."""


@dataclass(frozen=True)
class Upload:
    """A file as it will be kept, for `core.services.store`."""

    name: str
    content_type: str
    content: bytes


def photo(file) -> Upload:
    """The image in `file`, made anew as a JPEG of 1600 pixels at most. Raises ValidationError with what to do."""
    _refuse_heavy(file)
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise _too_large()
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            kept = Image.new("RGB", upright.size, "white")
            rgba = upright.convert("RGBA")
            kept.paste(rgba, mask=rgba.getchannel("A"))
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:  # so many pixels that it is not even opened
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("This is no photo that can be opened. Choose a JPEG, PNG or WebP image."), code="no_image"
        ) from error
    out = io.BytesIO()
    kept.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Upload(_stem(file.name) + ".jpg", "image/jpeg", out.getvalue())


def paper(file) -> Upload:
    """The pages of a PDF, or a photo, made anew. Raises ValidationError for anything else."""
    _refuse_heavy(file)
    start = file.read(5)
    file.seek(0)
    if start == b"%PDF-":
        return _pages(file)
    try:
        return photo(file)
    except ValidationError as error:
        if error.code != "no_image":
            raise
        raise ValidationError(_("Choose a PDF, or a photo as JPEG, PNG or WebP."), code="no_paper") from error


def _pages(file) -> Upload:
    """Another PDF with the pages as they look: notes and filled fields become ink, all else stays behind."""
    out = io.BytesIO()
    try:
        with pikepdf.open(file) as came, pikepdf.new() as kept:
            if not 0 < len(came.pages) <= MOST_PAGES:
                raise ValidationError(
                    _("A paper has between 1 and {most} pages. Choose another PDF.").format(most=MOST_PAGES),
                    code="pages",
                )
            came.generate_appearance_streams()
            came.flatten_annotations()
            _strip(came)
            kept.pages.extend(came.pages)
            kept.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            _("This PDF opens only with a password. Save it without one, or take a photo of the paper."),
            code="locked",
        ) from error
    except (pikepdf.PikepdfError, ValueError) as error:
        raise ValidationError(
            _("This PDF is damaged and cannot be opened. Save it anew, or take a photo of the paper."), code="no_pdf"
        ) from error
    return Upload(_stem(file.name) + ".pdf", "application/pdf", out.getvalue())


def _strip(pdf: pikepdf.Pdf) -> None:
    """Leave of each page what it is printed from. What hangs on the document itself is not copied with the pages."""
    if Name.AcroForm in pdf.Root:
        del pdf.Root.AcroForm
    for page in pdf.pages:
        for name in page.obj.keys() - OF_A_PAGE:
            del page.obj[name]
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream):
            unwanted = BESIDE_THE_PICTURE + (ELSEWHERE if isinstance(thing, Stream) else ())
            for name in thing.keys() & set(unwanted):
                del thing[Name(name)]


def _refuse_heavy(file) -> None:
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 12 MB. Choose a smaller one."), code="too_heavy")


def _too_large() -> ValidationError:
    return ValidationError(
        _("The photo has more than 30 million pixels. Take it again with a smaller setting."), code="too_large"
    )


def _stem(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0][:80] or "foto"


class PhotoField(forms.FileField):
    """A photo; the cleaned value is an `Upload`, None where nothing was chosen."""

    accept = "image/jpeg,image/png,image/webp"
    read = staticmethod(photo)

    def widget_attrs(self, widget):
        return {"accept": self.accept}

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return self.read(file) if file else None


class PaperField(PhotoField):
    """A PDF or a photo of a paper."""

    accept = "application/pdf,image/jpeg,image/png,image/webp"
    read = staticmethod(paper)
