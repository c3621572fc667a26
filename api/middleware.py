"""Around every request: body limit, security headers, counters. Plain ASGI, so that streams stream."""

from __future__ import annotations

import re
import time
from contextlib import suppress

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problem_pages import answer
from api.problems import Problem
from api.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_PORT = re.compile(r":\d+$")
_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """The counters of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        words = ["method", "route", "status"]
        self.requests = Counter(
            "reviewer_requests", "Requests by route.", words, registry=self.registry
        )
        self.seconds = Histogram(
            "reviewer_request_seconds",
            "Seconds until the first byte of the answer.",
            ["route"],
            registry=self.registry,
            buckets=_BUCKETS,
        )


class BodyTooLarge(Exception):
    """A body turned out longer than it may be."""


class Reading:
    """``receive`` that stops a body which is longer than it may be, announced or not."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._read = receive, most, 0
        self.over = False

    async def __call__(self) -> Message:
        """The next message."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            self.over = True
            raise BodyTooLarge
        return message


class Envelope:
    """The middleware."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics
        self._most, self._https = settings.body, settings.https
        self._hosts = frozenset(settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, reading = False, Reading(receive, self._most)
        started = time.perf_counter()

        async def wrapped(message: Message) -> None:
            nonlocal begun
            if reading.over and not begun:
                return  # what the framework makes of the broken body; 413 follows
            if message["type"] == "http.response.start":
                begun = True
                self._seal(scope, message, time.perf_counter() - started)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await answer(scope, refused)(scope, receive, wrapped)
            return
        with suppress(BodyTooLarge):
            await self._app(scope, reading, wrapped)
        if reading.over and not begun:
            reading.over = False
            await answer(scope, self._too_large())(scope, receive, wrapped)

    def _refused(self, scope: Scope) -> Problem | None:
        """What is answered before anything is read: a strange host, a body announced as too large."""
        host = _PORT.sub("", _header(scope, b"host").lower())
        if "*" not in self._hosts and host not in self._hosts:
            return Problem(400, "不认识的主机名；管理员可在 REVIEWER_HOSTS 里加上对外的域名。")
        length = _header(scope, b"content-length")
        return self._too_large() if length.isdecimal() and int(length) > self._most else None

    def _too_large(self) -> Problem:
        mib = self._most >> 20
        return Problem(413, f"上传的内容超过 {mib} MB 的上限，请压缩图片或分开上传。")

    def _seal(self, scope: Scope, message: Message, seconds: float) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS.items():
            if name not in headers:
                headers[name] = value
        if self._https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if "Cache-Control" not in headers:
            static = scope["path"].startswith("/static/")
            headers["Cache-Control"] = "public, max-age=86400" if static else "no-store"
        route = getattr(scope.get("route"), "path", "") or "other"
        status = str(message["status"])
        self._metrics.requests.labels(scope["method"], route, status).inc()
        self._metrics.seconds.labels(route).observe(seconds)


def _header(scope: Scope, wanted: bytes) -> str:
    for name, value in scope["headers"]:
        if name == wanted:
            return str(value.decode("latin-1"))
    return ""
