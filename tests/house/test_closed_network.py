"""The network is closed in tests, this machine excepted; and CI turns a skip into a failure."""

from __future__ import annotations

import socket
import urllib.request
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("example.org", 443)])
def test_a_connection_to_another_machine_is_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(RuntimeError, match="tests may not reach"):
        one.connect(address)
    with socket.socket(family) as one, pytest.raises(RuntimeError, match="tests may not reach"):
        one.connect_ex(address)


def test_a_datagram_to_another_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        pytest.raises(RuntimeError, match="tests may not reach"),
    ):
        one.sendto(b"", ("192.0.2.1", 53))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match="tests may not look up"):
        urllib.request.urlopen("http://example.org/")


def test_this_machine_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        here, _ = server.accept()
        with here:
            client.sendall(b"xin")
            assert here.recv(3) == b"xin"


SKIPS = """
import pytest

@pytest.mark.skip(reason="no Chromium here")
def test_marked(): ...

def test_called():
    pytest.skip("no PostgreSQL here")

@pytest.mark.xfail(reason="not mended yet")
def test_expected():
    assert False
"""


def run_skips(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str) -> pytest.RunResult:
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(test_skips=SKIPS, test_module='import pytest\npytest.skip("no uv", allow_module_level=True)')
    return pytester.runpytest_subprocess("-p", "no:django", "--continue-on-collection-errors")


def test_ci_skips_nothing(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A skip while a test is called is a failure; one before that, or of a whole file, is an error."""
    run_skips(pytester, monkeypatch, "true").assert_outcomes(failed=1, errors=2, xfailed=1)


def test_elsewhere_a_skip_is_a_skip(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    run_skips(pytester, monkeypatch, "").assert_outcomes(skipped=3, xfailed=1)
