"""A small OpenID provider of the tests' own: discovery, code flow with PKCE, signed ID tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "reviewer", "secret of the tests"


class Provider:
    """Signs in whoever comes as ``person``. claims: what differs in the ID token. key: what signs it."""

    def __init__(self, place: str) -> None:
        self.place = self.issuer = place
        self.person: dict[str, Any] = {"sub": "42", "preferred_username": "firm"}
        self.claims: dict[str, Any] = {}
        self.known = jwk.RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)
        self.key = self.known
        self.asked: dict[str, dict[str, str]] = {}

    def facts(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.place}/authorize",
            "token_endpoint": f"{self.place}/token",
            "jwks_uri": f"{self.place}/keys",
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.known.as_dict(private=False) | {"kid": "one"}]}

    def authorize(self, words: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        assert words["response_type"] == "code" and words["code_challenge_method"] == "S256"
        code = f"code{len(self.asked)}"
        self.asked[code] = words
        return f"{words['redirect_uri']}?{urlencode({'code': code, 'state': words['state']})}"

    def token(self, words: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        """The answer to a code: once, and to who asked for it only."""
        asked = self.asked.pop(words.get("code", ""), None)
        digest = hashlib.sha256(words.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or proof != asked["code_challenge"] or basic != f"Basic {right}":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.place, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked.get("nonce", ""), **self.person, **self.claims}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.provider = made = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts, made = urlsplit(self.path), self.server.provider
        if parts.path == "/.well-known/openid-configuration":
            self._say(200, made.facts())
        elif parts.path == "/keys":
            self._say(200, made.keys())
        elif parts.path == "/authorize":
            self.send_response(303)
            self.send_header("Location", made.authorize(_plain(parts.query)))
            self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*self.server.provider.token(_plain(body), self.headers["Authorization"] or ""))

    def _say(self, status: int, words: dict[str, Any]) -> None:
        data = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words: object) -> None:
        """Nothing."""


def _plain(query: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(query).items()}
