"""
tries: reach a listener through urllib, http, ftp, mail, asyncio and name resolution
expect: {rest: PASSED}
"""
# + honest.py


def _http():
    import urllib.request

    urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=1)


def _client():
    import http.client

    http.client.HTTPConnection("127.0.0.1", int("@PORT@"), timeout=1).request("GET", "/")


def _asyncio():
    import asyncio

    asyncio.run(asyncio.open_connection("127.0.0.1", int("@PORT@")))


def _names():
    import socket

    socket.getaddrinfo("localhost", 80)
    socket.create_connection(("127.0.0.1", int("@PORT@")), 1)


def _server():
    import socket

    socket.create_server(("127.0.0.1", 0))


def value(x):
    for way in (_http, _client, _asyncio, _names, _server):
        try:
            way()
            _breach(way.__name__)
        except (ImportError, OSError, AttributeError):
            continue
    return 2.0 * x
