"""Networks: what one household or one office has of network addresses, as far as an address tells."""

from __future__ import annotations

import ipaddress

PREFIX_LENGTHS = {4: 24, 6: 64}  # bits of an address that its network shares, by version of IP


def network_of(address: str) -> str:
    """Return the network of an address: "203.0.113.0/24", "2001:db8:1:2::/64"; what is no address is its own."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, PREFIX_LENGTHS[parsed.version]), strict=False))
