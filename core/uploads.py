"""Photos and papers that people hand in: looked at, made anew, and kept in the database beside what they belong to.

A photo is never kept as it came. It is opened, turned upright, made small enough for a phone and written out again,
so that what is kept is an image and nothing else: no place where it was taken, no camera, nothing hidden behind it.
"""

import io
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 30_000_000
LONGEST_SIDE = 1600
QUALITY = 80
FORMATS = ["JPEG", "PNG", "WEBP"]


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
                raise ValidationError(
                    _("The photo has more than 30 million pixels. Take it again with a smaller setting."),
                    code="too_large",
                )
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            kept = Image.new("RGB", upright.size, "white")
            rgba = upright.convert("RGBA")
            kept.paste(rgba, mask=rgba.getchannel("A"))
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is no photo that can be opened. Choose a JPEG, PNG or WebP image."), code="no_image"
        ) from error
    out = io.BytesIO()
    kept.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Upload(_stem(file.name) + ".jpg", "image/jpeg", out.getvalue())


def paper(file) -> Upload:
    """A PDF as it came, or a photo made anew. Raises ValidationError for anything else."""
    _refuse_heavy(file)
    start = file.read(5)
    file.seek(0)
    if start == b"%PDF-":
        return Upload(_stem(file.name) + ".pdf", "application/pdf", file.read())
    try:
        return photo(file)
    except ValidationError as error:
        if error.code != "no_image":
            raise
        raise ValidationError(_("Choose a PDF, or a photo as JPEG, PNG or WebP."), code="no_paper") from error


def _refuse_heavy(file) -> None:
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 12 MB. Choose a smaller one."), code="too_heavy")


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
