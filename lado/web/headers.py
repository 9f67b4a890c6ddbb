"""What every answer tells the browser, and which requests get none."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from werkzeug.wrappers import Response

from lado.config import Config

# Each exception to "nothing" is one that the pages use. All of it is our own: no inline script or
# style, nothing from elsewhere, and nobody may frame a page or receive a form.
DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
)
FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "; ".join(DIRECTIVES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONE_YEAR = "max-age=31536000; includeSubDomains"
BAD = 400
BY_PROXIES = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded")
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
THIS_MACHINE_ONLY = (
    "This system answers only the machine that it runs on, because no proxy with TLS stands in "
    "front of it. To open it to others, see LADO_PROXY_HOPS in the operations guide.\n"
)
PROXY_FORGOTTEN = (
    "A proxy passed this on, but the settings know of none, so the system cannot tell who asks. "
    "Set LADO_PROXY_HOPS; see the operations guide.\n"
)
TLS_ONLY = "This system is used over https only.\n"
OTHER_NAME = "This system is not known by this name.\n"
FROM_ELSEWHERE = "Another site may not use this one.\n"


def init_app(app: Flask) -> None:
    app.before_request(_refuse)
    app.before_request(_fetched_from_elsewhere)
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" or response.status_code >= BAD:
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    return response


def _refuse() -> Response | None:
    """The health check is asked by machines that know neither our name nor TLS."""
    config: Config = current_app.config["LADO"]
    host = urlsplit(f"//{request.host}").hostname
    if request.endpoint == "health.health":
        return None
    if not config.proxy_hops:
        if any(header in request.headers for header in BY_PROXIES):
            return _no(PROXY_FORGOTTEN, BAD)
        is_local = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - nobody
        return None if is_local and host in LOOPBACK_NAMES else _no(THIS_MACHINE_ONLY)
    if not request.is_secure:
        return _no(TLS_ONLY)
    return None if host == urlsplit(config.base_url).hostname else _no(OTHER_NAME)


def _fetched_from_elsewhere() -> Response | str | None:
    """A link from an e-mail or another site arrives without our cookie, which is SameSite=Strict.

    So it gets a page that at once fetches the same address again: that request is our own, and
    brings the cookie. Whatever else another site asks for is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site not in ("cross-site", "same-site"):
        return None
    if request.method != "GET" or request.headers.get("Sec-Fetch-Mode") != "navigate":
        return _no(FROM_ELSEWHERE)
    if site == "same-site":
        return None
    return render_template("errors/again.html", query=request.query_string.decode())


def _no(words: str, status: int = 403) -> Response:
    return Response(words, status, mimetype="text/plain")
