"""Asks for a URL that a user gave, and never connects to what is not of the public Internet."""

import http.client
import socket
import ssl
from ipaddress import ip_address, ip_network
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

TIMEOUT = 3  # seconds
PUBLIC_IPV6 = ip_network("2000::/3")


def is_reachable(url):
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        addresses = [sockaddr[0] for *_, sockaddr in found]
        if not all(is_public(ip_address(address)) for address in addresses):
            return False
        deadline = monotonic() + TIMEOUT
        # Connects to the address that was looked at; the name might lead elsewhere the next time.
        with socket.create_connection((addresses[0], port), TIMEOUT) as plain:
            return answers(encrypted(plain, parts.hostname) if secure else plain, parts, deadline)
    except (OSError, ValueError, http.client.HTTPException):
        return False


def encrypted(plain, hostname):
    # The handshake comes with the first bytes that are sent, and so before the deadline.
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=hostname, do_handshake_on_connect=False)


def answers(sock, parts, deadline):
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.sock = sock
    # The time limit of a socket is for each read; this one is for all of them.
    timer = Timer(deadline - monotonic(), sock.shutdown, [socket.SHUT_RDWR])
    timer.start()
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 400
    finally:
        timer.cancel()
        connection.close()


def is_public(address):
    # An IPv4 address may be written as one of IPv6.
    if address.version == 6:
        address = address.ipv4_mapped or address.sixtofour or address
    is_unicast = address.version == 4 or address in PUBLIC_IPV6
    return is_unicast and address.is_global and not address.is_multicast
