"""The certificate of this computer's server: good for localhost alone, kept by its owner, renewed in time."""

import builtins
import os
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from automation.base.errors import UsageError
from automation.front.pane.certificate import RENEW_DAYS, certificate, context

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)


def loaded(files):
    return x509.load_pem_x509_certificate(files.certificate.read_bytes())


def test_it_is_made_once_and_then_kept(tmp_path):
    first, second = certificate(tmp_path, NOW), certificate(tmp_path, NOW)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.fingerprint == second.fingerprint
    assert first.until == second.until


def test_it_is_good_for_localhost_alone_and_vouches_for_no_other(tmp_path):
    made = loaded(certificate(tmp_path, NOW))
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    limits = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (limits.value.ca, limits.critical) == (False, True)
    assert not made.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign


def test_it_holds_no_longer_than_apple_trusts_one(tmp_path):
    made = loaded(certificate(tmp_path, NOW))
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=825)
    assert made.not_valid_before_utc < NOW


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_its_owner_can_read_the_key(tmp_path):
    files = certificate(tmp_path, NOW)
    assert files.key.stat().st_mode & 0o777 == 0o600
    assert files.certificate.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["localhost.crt", "localhost.key"]


def test_it_is_renewed_a_month_before_it_ends(tmp_path):
    first = certificate(tmp_path, NOW)
    in_time = certificate(tmp_path, first.until - timedelta(days=RENEW_DAYS + 1))
    late = certificate(tmp_path, first.until - timedelta(days=RENEW_DAYS - 1))
    assert (in_time.is_new, late.is_new) == (False, True)
    assert late.until > first.until


@pytest.mark.parametrize("broken", ["localhost.key", "localhost.crt"])
@pytest.mark.parametrize("how", ["gone", "nonsense", "of another"])
def test_a_pair_that_does_not_fit_is_made_anew(tmp_path, broken, how):
    certificate(tmp_path, NOW)
    path = tmp_path / broken
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"nonsense" if how == "nonsense" else other(tmp_path / "other", broken))
    made = certificate(tmp_path, NOW)
    assert made.is_new
    context(made)


def other(folder, name):
    folder.mkdir()
    certificate(folder, NOW)
    return (folder / name).read_bytes()


def test_old_tls_is_not_spoken(tmp_path):
    assert context(certificate(tmp_path, NOW)).minimum_version == ssl.TLSVersion.TLSv1_2


def test_a_missing_library_is_one_sentence(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as caught:
        certificate(tmp_path, NOW)
    assert caught.value.code == "NO_CRYPTOGRAPHY"
    assert "deliverybook[addin]" in caught.value.text.zh
