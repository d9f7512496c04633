"""Pictures whose true label a person sees and a test reads from the name."""

import io

from PIL import Image, ImageDraw

LABELS = ["cat", "dog", "owl"]
_COLORS = {"cat": "#d97706", "dog": "#2563eb", "owl": "#16a34a"}


def name_of(number: int) -> str:
    """File name of the picture."""
    return f"{number:04}-{LABELS[number % len(LABELS)]}.png"


def truth_of(name: str) -> str:
    """The label that is right for a file."""
    return name.rpartition("-")[2].removesuffix(".png")


def png(number: int) -> bytes:
    """A coloured card that says its label and number."""
    label = LABELS[number % len(LABELS)]
    image = Image.new("RGB", (160, 120), _COLORS[label])
    ImageDraw.Draw(image).text((16, 44), f"{label} {number}", fill="white", font_size=28)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
