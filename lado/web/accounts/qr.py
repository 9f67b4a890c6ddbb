"""A QR code as the path of a drawing, which the template puts into an <svg> of its own."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True)
class Drawing:
    """`size` is that of the square, in units of one module."""

    path: str
    size: int


def qr_code(text: str) -> Drawing:
    matrix = segno.make(text, micro=False).matrix
    squares = (
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Drawing("".join(squares), len(matrix) + 2 * QUIET)
