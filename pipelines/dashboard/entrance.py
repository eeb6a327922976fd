"""Who may come in, and what every answer carries: the token, the proxy's header, limits, security headers.

On a loopback address the dashboard is open to the machine's own users, under the names of this machine only, so that
no page of another site can read it through a name that points here (DNS rebinding). On any other address it does not
start without a token or a trusted reverse proxy.
"""

from __future__ import annotations

import hmac
import ipaddress
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from ...scanner.errors import UsageError

MIN_TOKEN = 20
"""Characters of the shortest token that is accepted."""
MAX_QUERY = 2048
MAX_PATH = 1024
METHODS = ("GET", "HEAD")
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True)
class Entrance:
    """How people come in: a `token`, or `header` set by a reverse proxy at one of the addresses `proxies`."""

    token: str = ""
    header: str = ""
    proxies: tuple[str, ...] = ()

    @property
    def guarded(self) -> bool:
        """Whether anybody is turned away."""
        return bool(self.token or self.header)

    def admits(self, headers: dict[str, str], peer: str) -> bool:
        """Say whether a request may come in; `headers` with names in lower case, `peer` the other side's address."""
        if not self.guarded:
            return _name_of(headers.get("host", "")) in LOCAL_NAMES
        if self.header and headers.get(self.header.lower(), "").strip() and self._is_proxy(peer):
            return True
        return bool(self.token) and hmac.compare_digest(_given(headers.get("authorization", "")), self.token.encode())

    def _is_proxy(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        return any(address in ipaddress.ip_network(network, strict=False) for network in self.proxies)


def require_guarded(host: str, entrance: Entrance) -> None:
    """Raise UsageError when a dashboard on `host` would be open to others, or a token is too short to guard it."""
    if entrance.token and len(entrance.token) < MIN_TOKEN:
        raise UsageError(f"the token is shorter than {MIN_TOKEN} characters", where="serve", hint=_MAKE_ONE)
    if entrance.header and not entrance.proxies:
        raise UsageError("a header is only trusted from a known proxy", where="--proxy-header", hint="add --proxy-from")
    for network in entrance.proxies:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise UsageError(f"{network!r} is no address or network", where="--proxy-from") from None
    if not entrance.guarded and not is_loopback(host):
        raise UsageError(
            f"{host} can be reached from other machines: a token or a trusted reverse proxy is required",
            where="serve",
            hint=f"{_MAKE_ONE}, or stay on 127.0.0.1",
        )


_MAKE_ONE = "set EXPORTGATE_TOKEN (`openssl rand -hex 24` makes one) or --token-file"


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine's own.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.0.0.7", "example.org", "")]
    [True, True, True, False, False, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Doorkeeper:
    """The outermost layer of the application: turns away before anything else looks at a request."""

    def __init__(self, app: Any, entrance: Entrance) -> None:
        self.app = app
        self.entrance = entrance

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return await self._other(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                more = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in known]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        refused = self._refusal(scope)
        if refused:
            return await _refuse(with_headers, *refused)
        await self.app(scope, receive, with_headers)
        return None

    async def _other(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Any) -> tuple[int, str, tuple[tuple[str, str], ...]] | None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self.entrance.admits(headers, (scope.get("client") or ("",))[0]):
            if not self.entrance.guarded:
                return 421, "This dashboard answers under the names of its own machine only.", ()
            asks = (("www-authenticate", 'Basic realm="exportgate", charset="UTF-8"'),) if self.entrance.token else ()
            return 401, "A token is required.", asks
        if scope["method"] not in METHODS:
            return 405, "This dashboard only reads.", (("allow", ", ".join(METHODS)),)
        if len(scope.get("query_string", b"")) > MAX_QUERY or len(scope.get("raw_path") or b"") > MAX_PATH:
            return 414, "The address is too long.", ()
        return None


async def _refuse(send: Send, status: int, sentence: str, more: tuple[tuple[str, str], ...]) -> None:
    body = f"{sentence}\n".encode()
    headers = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body))), *more]
    headers.append(("cache-control", "no-store"))
    start = {"type": "http.response.start", "status": status, "headers": [(n.encode(), v.encode()) for n, v in headers]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _name_of(host: str) -> str:
    """Return a Host header's name without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def _given(authorization: str) -> bytes:
    """Return the token of a header: as a bearer, or as the password of basic authentication (any user name)."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode()
    if scheme.lower() == "basic":
        try:
            return b64decode(value.strip(), validate=True).partition(b":")[2]
        except BadBase64:
            return b""
    return b""
