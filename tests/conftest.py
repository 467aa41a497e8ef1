"""What holds for every test: the network is closed, Hypothesis repeats itself, and CI skips nothing."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# The same examples on every run, so that a red run is red again; `make test-long` looks further, from seeds it prints.
settings.register_profile("fast", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("fast")


class NetworkClosedError(RuntimeError):
    """A test reached for another machine."""


def is_loopback(host: object) -> bool:
    """Whether a host, by name or by number, is this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(method: Any) -> Any:
    def call(self: socket.socket, *args: Any) -> Any:
        # sendto takes the address last; connect and connect_ex take nothing else. UNIX sockets are files, not network.
        address = args[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise NetworkClosedError(f"tests may not reach {address[0]!r}: what a test needs, it makes")
        return method(self, *args)

    return call


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests compile is kept apart from what people compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANSINH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _network_closed() -> Iterator[None]:
    """Refuse every connection and every name look-up that leaves this machine, for the whole run."""
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **named: Any) -> Any:
        if not is_loopback(host):
            raise NetworkClosedError(f"tests may not look up {host!r}: what a test needs, it makes")
        return look_up(host, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    report = yield
    return _skip_is_failure_in_ci(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    report = yield
    return _skip_is_failure_in_ci(report)


def _skip_is_failure_in_ci(report: Any) -> Any:
    """In CI a part that is missing must be said, not passed over; an expected failure stays what it is."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
