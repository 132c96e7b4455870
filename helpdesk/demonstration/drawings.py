"""Pictures of things, drawn on the spot: no photo of a real thing or person is shipped."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from kernel.images import Photo, clean_photo

SIZE = (960, 720)
WALL, TABLE = "#e8e4dc", "#b99b78"
DARK, GREY, LIGHT, BLUE, WHITE = "#30343b", "#7c828c", "#d5d9df", "#4f7cac", "#f7f7f5"
Draw = ImageDraw.ImageDraw


def _laptop(draw: Draw) -> None:
    draw.rounded_rectangle((270, 170, 690, 450), 18, DARK)
    draw.rectangle((290, 190, 670, 430), BLUE)
    draw.polygon([(230, 540), (730, 540), (690, 455), (270, 455)], GREY)
    draw.rectangle((430, 505, 530, 532), LIGHT)


def _desktop(draw: Draw) -> None:
    draw.rounded_rectangle((220, 150, 640, 430), 14, DARK)
    draw.rectangle((240, 170, 620, 410), BLUE)
    draw.rectangle((400, 430, 460, 500), GREY)
    draw.rectangle((330, 495, 530, 515), GREY)
    draw.rounded_rectangle((690, 220, 820, 530), 10, DARK)
    draw.ellipse((740, 250, 770, 280), BLUE)


def _printer(draw: Draw) -> None:
    draw.rectangle((340, 140, 620, 300), WHITE)
    draw.rounded_rectangle((240, 270, 720, 470), 24, GREY)
    draw.rectangle((330, 430, 630, 540), WHITE)
    draw.ellipse((650, 300, 680, 330), "#6fbf73")


def _projector(draw: Draw) -> None:
    draw.rounded_rectangle((230, 260, 730, 470), 30, WHITE)
    draw.ellipse((520, 285, 680, 445), DARK)
    draw.ellipse((555, 320, 645, 410), BLUE)
    for left in range(270, 470, 40):
        draw.rectangle((left, 320, left + 18, 410), LIGHT)


def _conditioner(draw: Draw) -> None:
    draw.rounded_rectangle((160, 180, 800, 370), 26, WHITE)
    draw.rectangle((200, 320, 760, 345), LIGHT)
    draw.rectangle((690, 215, 760, 240), BLUE)


def _camera(draw: Draw) -> None:
    draw.rounded_rectangle((270, 240, 690, 520), 28, DARK)
    draw.rectangle((400, 195, 560, 250), DARK)
    draw.ellipse((370, 270, 590, 490), GREY)
    draw.ellipse((420, 320, 540, 440), BLUE)


def _screen(draw: Draw) -> None:
    draw.rounded_rectangle((140, 130, 820, 500), 12, DARK)
    draw.rectangle((160, 150, 800, 480), BLUE)
    draw.polygon([(400, 500), (560, 500), (620, 545), (340, 545)], GREY)


ITEMS: dict[str, Callable[[Draw], None]] = {
    "7440-004": _laptop,
    "7440-002": _desktop,
    "7440-008": _printer,
    "6730-001": _projector,
    "4120-001": _conditioner,
    "6720-007": _camera,
    "7730-001": _screen,
}


def _cracks(draw: Draw) -> None:
    for end in ((300, 180), (660, 220), (330, 420), (640, 430), (470, 160), (560, 440)):
        draw.line([(470, 300), end], WHITE, 5)


def _puddle(draw: Draw) -> None:
    draw.ellipse((300, 560, 680, 660), "#8fb8d8")
    for left in (380, 480, 590):
        draw.line([(left, 380), (left - 8, 560)], "#8fb8d8", 8)


def _jam(draw: Draw) -> None:
    draw.polygon([(380, 450), (450, 560), (500, 470), (560, 570), (600, 440)], "#efe9d6")


FAULTS = ((_laptop, _cracks), (_conditioner, _puddle), (_printer, _jam), (_screen, _cracks))


def item_photos() -> dict[str, Photo]:
    """Return a picture for each class that has one, by its code."""
    return {code: _photo(draw) for code, draw in ITEMS.items()}


def fault_photos() -> list[Photo]:
    """Return pictures of broken things."""
    return [_photo(*parts) for parts in FAULTS]


def _photo(*parts: Callable[[Draw], None]) -> Photo:
    picture = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 540, *SIZE), TABLE)
    for part in parts:
        part(draw)
    sent = BytesIO()
    picture.save(sent, "PNG")
    sent.seek(0)
    return clean_photo(sent, "drawing.png")
