"""How often a client may ask. Counting is the ``limits`` package's; this says who counts as one client."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from variorum.rest.security.settings import RateClass, Security

FAILURES = (parse("5/5minutes"), parse("30/hour"), parse("300/hour"))
"""Failed sign-ins: of one client for one name, of one client for all names, for one name from everywhere.

The last is high, so that a stranger cannot lock a name out by failing on purpose without a botnet.
"""


class Rates:
    """Counters of one server, in memory."""

    def __init__(self, security: Security) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._outside = {name: parse(rate) for name, rate in security.rates.items()}
        self._loopback = {name: parse(rate) for name, rate in security.loopback_rates.items()}

    def wait(self, kind: RateClass, client: str, *, local: bool) -> int:
        """Count one request; seconds to wait where it is one too many, else 0."""
        limit = (self._loopback if local else self._outside)[kind]
        return 0 if self._limiter.hit(limit, kind, client) else self._seconds(limit, kind, client)

    def wait_to_sign_in(self, client: str, name: str) -> int:
        """Seconds to wait before this client may try this name again, 0 for at once. Counts nothing."""
        waits = [
            self._seconds(limit, *key)
            for limit, key in self._failure_keys(client, name)
            if not self._limiter.test(limit, *key)
        ]
        return max(waits, default=0)

    def count_failure(self, client: str, name: str) -> None:
        """Remember that a sign-in failed."""
        for limit, key in self._failure_keys(client, name):
            self._limiter.hit(limit, *key)

    def _seconds(self, limit: RateLimitItem, *key: str) -> int:
        reset = self._limiter.get_window_stats(limit, *key).reset_time
        return max(1, math.ceil(reset - time.time()))

    @staticmethod
    def _failure_keys(client: str, name: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
        name = name.casefold()[:200]
        keys = (("failed", client, name), ("failed-client", client), ("failed-name", name))
        return list(zip(FAILURES, keys, strict=True))


def client_key(host: str | None) -> str:
    """Who counts as one client: an IPv4 address, or the /64 that one subscriber of IPv6 has."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return host or "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    if address.version == 6 and mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(mapped or address)
