"""Asks for a URL that a user gave, and never connects to what is not of the public Internet."""

import http.client
import socket
import ssl
from ipaddress import ip_address
from urllib.parse import urlsplit

TIMEOUT = 3  # seconds


def is_reachable(url):
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = [sockaddr[0] for *_, sockaddr in found]
        if not all(is_public(ip_address(address)) for address in addresses):
            return False
        # Connects to the address that was looked at; the name might lead elsewhere the next time.
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
        connection.sock = socket.create_connection((addresses[0], port), TIMEOUT)
        try:
            if secure:
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
            connection.request("GET", parts.path or "/")
            return connection.getresponse().status < 400
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException):
        return False


def is_public(address):
    # An IPv4 address may be written as one of IPv6.
    if address.version == 6:
        address = address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast
