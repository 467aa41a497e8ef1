"""`ansinh ledger verify`: the verdict in words and as JSON, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import as_json, run
from tests.core.ledgers import sample


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "so-cai.tsv"
    path.write_bytes(b"".join(sample().export()))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "so-cai-sua.tsv"
    path.write_bytes(b"".join(sample().export()).replace(b"\tnet\t", b"\tsettle\t"))
    return path


def test_a_right_ledger_is_told_in_either_language(right: Path) -> None:
    vi, en = run("ledger", "verify", right), run("--lang", "en", "ledger", "verify", right)
    assert vi.exit_code == en.exit_code == 0
    assert "3 đợt chi, 7 dòng chi, 17 bút toán." in vi.stdout and "Đã chuyển 1.000.000 đồng" in vi.stdout
    assert vi.stdout.endswith("Không tìm thấy lỗi nào.\n")
    assert "Nothing wrong was found." in en.stdout and "Mã băm" not in en.stdout


def test_findings_are_told_and_end_with_the_code_of_faults(wrong: Path) -> None:
    vi, en = run("ledger", "verify", wrong), run("--lang", "en", "ledger", "verify", wrong)
    assert vi.exit_code == en.exit_code == 1
    assert "mã băm không khớp" in vi.stdout and "Tìm thấy" in vi.stdout
    assert "the hash does not follow" in en.stdout and "Faults found" in en.stdout


def test_the_verdict_as_json(right: Path, wrong: Path) -> None:
    clean = as_json("ledger", "verify", right)
    assert (clean["entries"], clean["sent"], clean["settled"], clean["findings"]) == (17, 1_000_000, 800_000, [])
    found = as_json("ledger", "verify", wrong, code=1)
    assert "chain" in {finding["kind"] for finding in found["findings"]} and found["more"] == 0
    assert all({"kind", "place", "vi", "en"} == finding.keys() for finding in found["findings"])


def test_what_is_past_the_hundredth_finding_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "khong-phai-so-cai.tsv"
    path.write_bytes(b"x\n" * 150)
    shown = run("ledger", "verify", path)
    assert shown.exit_code == 1 and "… và 51 lỗi khác." in shown.stdout and "Tìm thấy 151 lỗi." in shown.stdout


def test_a_file_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    assert run("ledger", "verify", tmp_path / "khong-co.tsv").exit_code == 2


def test_an_export_is_verified_at_once(right: Path, wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file, code in ((right, 0), (wrong, 1)):
        said = {"file": str(file), "bytes": file.stat().st_size}
        monkeypatch.setattr("ansinh.cli.ledger.answer", lambda *_, said=said, **__: said)
        shown = run("ledger", "export", file)
        assert (shown.exit_code, "Đã xuất: " in shown.stdout, "17 bút toán" in shown.stdout) == (code, True, True)
        assert as_json("ledger", "export", file, code=code)["bytes"] == said["bytes"]
