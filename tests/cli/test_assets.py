import pytest

from lado.cli import assets


def test_no_font_crest_or_absolute_address_is_left():
    text = assets.own_version(
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff)}"
        ".a:before{content:'';background-image:url(/assets/images/govuk-crest.svg);width:1px}"
        ".b{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/icon-x.svg)}"
        "\n/*# sourceMappingURL=a.css.map */\n"
    )
    assert text.strip() == (
        ".a:before{content:'';width:1px}"
        ".b{font-family:arial,sans-serif;background:url(assets/images/icon-x.svg)}"
    )


def test_a_new_version_that_names_the_font_otherwise_stops_the_set_up(monkeypatch, tmp_path):
    source = tmp_path / "moj-frontend.min.css"
    source.write_text("a{font-family:'GDS Transport'}")
    monkeypatch.setattr(assets, "FILES", (source,))
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    with pytest.raises(SystemExit, match="still holds GDS Transport"):
        assets.main()


def test_every_picture_the_style_sheets_name_was_copied():
    sheets = list(assets.VENDOR.glob("*.css"))
    assert len(sheets) == 2
    for sheet in sheets:
        named = {part.split(")")[0] for part in sheet.read_text().split("url(assets/")[1:]}
        assert [name for name in named if not (assets.VENDOR / "assets" / name).exists()] == []
