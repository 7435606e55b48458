"""Where webhooks may go: never into a private network, unless the operator of the service allows it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from server.domain.errors import Invalid, Refused
from server.domain.sentences import N_

MAX_ADDRESS: Final = 500
"""Characters."""
HTTPS: Final = 443
MAX_WEBHOOKS: Final = 10
"""Of one declaration."""
_REFUSED: Final = (
    IPv4Network("168.63.129.16/32"),  # a cloud's inner service on a public address
    IPv4Network("192.0.0.0/24"),  # of protocols, relays and documents, which Python counts as global
    IPv4Network("192.88.99.0/24"),
    IPv6Network("3fff::/20"),
    IPv6Network("fec0::/10"),  # private networks of before fc00::/7
    IPv6Network("64:ff9b::/96"),  # IPv4 inside IPv6: NAT64, 6to4, Teredo
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)


class BadWebhookAddress(Invalid):
    code = "bad_webhook_address"
    heading = N_("This address cannot be used")
    sentence = N_("Please enter a whole address that begins with https:// and has no user name and no #.")


class BadWebhookPort(Invalid):
    code = "bad_webhook_port"
    heading = N_("Webhooks do not go to this port")
    sentence = N_("Webhooks go to the usual port of https, 443. Please enter the address without a port.")


class PrivateWebhookAddress(Invalid):
    code = "private_webhook_address"
    heading = N_("This address is not reachable from outside")
    sentence = N_(
        "The address leads to this computer or into a private network, or its name is not known. "
        "Please enter one that is reachable on the internet."
    )


class WebhookRedirects(Invalid):
    code = "webhook_redirects"
    heading = N_("This address leads elsewhere")
    sentence = N_(
        "The address answered with a redirect. Webhooks do not follow redirects: please enter the address "
        "at which messages are really taken."
    )


class TooManyWebhooks(Refused):
    code = "too_many_webhooks"
    heading = N_("There are enough webhooks")
    sentence = N_("A declaration has ten webhooks at most. Please remove one first.")


@dataclass(frozen=True, slots=True)
class Target:
    host: str
    port: int
    is_secure: bool


def parse_target(address: str, *, allow_private: bool) -> Target:
    """Raises BadWebhookAddress, BadWebhookPort. Without TLS, and at another port than 443, only where private
    addresses are allowed: else the service could be made to knock at others' doors."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadWebhookAddress() from error
    schemes = ("https", "http") if allow_private else ("https",)
    is_plain = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in schemes or not parts.hostname or not is_plain or len(address) > MAX_ADDRESS:
        raise BadWebhookAddress()
    if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        raise BadWebhookAddress()
    is_secure = parts.scheme == "https"
    if port not in (None, HTTPS) and not allow_private:
        raise BadWebhookPort()
    return Target(parts.hostname, port or (HTTPS if is_secure else 80), is_secure)


def is_reachable(address: str, *, allow_private: bool) -> bool:
    """`address` is an IP address, as the name server gave it."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if allow_private:
        return not ip.is_multicast and not ip.is_unspecified
    is_refused = any(ip.version == network.version and ip in network for network in _REFUSED)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not is_refused
