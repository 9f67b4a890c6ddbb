"""A chart as SVG for the page.

ReportLab's own SVG places text by the widths of the PDF's typeface and carries style attributes,
which a strict content security policy ignores: everything would be black and out of line.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup  # noqa: TID251 - the named helper for drawings
from reportlab.graphics.shapes import Line, Rect, String
from reportlab.lib.colors import Color

from lado.reports import fonts
from lado.reports.charts import Chart


def inline_svg(chart: Chart) -> Markup:
    """Text in a chart is escaped by the serialiser, so the result is safe to put into a page."""
    wide, high = chart.drawing.width, chart.drawing.height
    title, description = f"chart-{chart.id}-title", f"chart-{chart.id}-description"
    root = Element(
        "svg",
        {
            "class": "lado-chart__drawing",
            "viewBox": f"0 0 {_number(wide)} {_number(high)}",
            "role": "img",
            "aria-labelledby": f"{title} {description}",
            "focusable": "false",
        },
    )
    root.set("xmlns", "http://www.w3.org/2000/svg")
    SubElement(root, "title", {"id": title}).text = chart.title
    SubElement(root, "desc", {"id": description}).text = chart.alt
    for shape in chart.drawing.contents:
        _add(root, shape, high)
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - made of elements, not of text


def _add(root: Element, shape: object, height: float) -> None:
    """PDF counts upwards, SVG downwards."""
    match shape:
        case Rect():
            _rect(root, shape, height)
        case Line():
            _line(root, shape, height)
        case String():
            _text(root, shape, height)
        case _:
            raise TypeError(f"No SVG for {type(shape).__name__}")


def _rect(root: Element, shape: Rect, height: float) -> None:
    SubElement(
        root,
        "rect",
        {
            "x": _number(shape.x),
            "y": _number(height - shape.y - shape.height),
            "width": _number(shape.width),
            "height": _number(shape.height),
            "fill": _colour(shape.fillColor),
            **_stroke(shape),
        },
    )


def _line(root: Element, shape: Line, height: float) -> None:
    SubElement(
        root,
        "line",
        {
            "x1": _number(shape.x1),
            "y1": _number(height - shape.y1),
            "x2": _number(shape.x2),
            "y2": _number(height - shape.y2),
            **_stroke(shape),
        },
    )


def _text(root: Element, shape: String, height: float) -> None:
    element = SubElement(
        root,
        "text",
        {
            "x": _number(shape.x),
            "y": _number(height - shape.y),
            "text-anchor": shape.textAnchor,
            "font-family": "Arial, sans-serif",
            "font-size": _number(shape.fontSize),
            "font-weight": "bold" if shape.fontName == fonts.BOLD else "normal",
            "fill": _colour(shape.fillColor),
        },
    )
    element.text = shape.text


def _stroke(shape: Rect | Line) -> dict[str, str]:
    if shape.strokeColor is None:
        return {}
    return {"stroke": _colour(shape.strokeColor), "stroke-width": _number(shape.strokeWidth)}


def _colour(colour: Color | None) -> str:
    if colour is None:
        return "none"
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour.rgb())


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
