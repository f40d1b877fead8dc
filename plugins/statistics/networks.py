"""Networks: what one household or one office has of network addresses, as far as an address tells."""

from __future__ import annotations

import ipaddress

PREFIX_LENGTHS = {4: 24, 6: 64}  # bits of an address that its network shares, by version of IP


def network_of(address: str) -> str:
    """Return the network of an address: "203.0.113.0/24", "2001:db8:1:2::/64"; what is no address is its own.

    The log may have the first half of an IPv6 address only, as nginx writes it: "2001:db8:1:2", "2001:db8::7:".
    """
    parsed = _parse(address) or _parse(f"{address}::") or _parse(f"{address}0:0:0:0")
    if parsed is None:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, PREFIX_LENGTHS[parsed.version]), strict=False))


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
