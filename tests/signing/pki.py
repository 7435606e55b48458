"""A small trust service on this machine: CA, OCSP, CRLs and a time-stamp authority over HTTP."""

import asyncio
import threading
from contextlib import contextmanager
from functools import cache

from aiohttp import web
from certomancer.integrations.aiohttp_animator import build_animator_app
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.ades.qualified_asn1 import QcCertificateType, QcStatements
from pyhanko.sign.signers import SimpleSigner

from server.signing.seal.authority import Authority
from server.signing.seal.seal_key import SealKey
from tests.waiting import HANG

NAMES = ["root", "issuing", "ocsp", "tsa", "newer", "seal", "doris", "gustav"]
QUALIFIED = QcStatements(
    [
        {"statement_id": "qc_compliance"},
        {"statement_id": "qc_sscd"},
        {"statement_id": "qc_type", "statement_info": QcCertificateType(["qct_esign"])},
    ]
)
"""What a certificate for qualified signatures of a person says of itself (ETSI EN 319 412-5)."""
LONGER = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2120-01-01T00:00:00+0000"}
LONG = LONGER | {"valid-to": "2099-01-01T00:00:00+0000"}


def _key_usage(*uses):
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": list(uses)}}


def _extended(use):
    return {"id": "extended_key_usage", "critical": True, "value": [use]}


def _crl(of):
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [of]}},
    }


OCSP = {
    "id": "authority_information_access",
    "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["issuing"]}},
}
AUTHORITY = [
    {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
    _key_usage("key_cert_sign", "crl_sign"),
]


def _certificate(issuer, *extensions, **more):
    return {"issuer": issuer, "validity": LONG, "extensions": list(extensions)} | more


def _architecture(revoked):
    seal = _certificate("issuing", _key_usage("digital_signature", "non_repudiation"), _crl("issuing"), OCSP)
    if revoked:
        seal["revocation"] = {"revoked-since": "2025-01-01T00:00:00+0000", "reason": "key_compromise"}
    person = _certificate("issuing", _key_usage("non_repudiation"), _crl("issuing"), OCSP)
    qualified = {
        "id": "qc_statements",
        "smart-value": {"schema": "der-bytes", "params": QUALIFIED.dump().hex()},
    }
    doris = person | {"extensions": [*person["extensions"], qualified]}
    if revoked:
        doris["revocation"] = seal["revocation"]
    tsa = _certificate("root", _key_usage("digital_signature"), _extended("time_stamping"), _crl("root"))
    responder = _certificate("issuing", _key_usage("digital_signature"), _extended("ocsp_signing"))
    responder["extensions"].append({"id": "ocsp_no_check"})
    return {
        "keyset": "keys",
        "entity-defaults": {"country-name": "DE", "organization-name": "Vertrauensdienst"},
        "entities": {name: {"common-name": f"Vertrauensdienst {name}"} for name in NAMES[:5]}
        | {"seal": {"common-name": "Siegel Regionalbüro", "organization-name": "Regionalbüro Ortenau"}}
        | {
            name: {"common-name": f"{name.title()} Beispiel", "organization-name": town}
            for name, town in (("doris", "Stadt Offenburg"), ("gustav", "Stadt Lahr"))
        },
        "certs": {
            "root": _certificate("root", *AUTHORITY, subject="root"),
            "issuing": _certificate("root", *AUTHORITY, _crl("root")),
            "ocsp": responder,
            "tsa": tsa,
            "newer": tsa | {"subject": "newer", "validity": LONGER},
            "seal": seal,
            "doris": doris,
            "gustav": person,
        },
        "services": {
            "ocsp": {"issuing": {"for-issuer": "issuing", "responder-cert": "ocsp", "signing-key": "ocsp"}},
            "crl-repo": {
                name: {"for-issuer": name, "signing-key": name, "simulated-update-schedule": "P30D"}
                for name in ("root", "issuing")
            },
            "time-stamping": {name: {"signing-key": name, "signing-cert": name} for name in ("tsa", "newer")},
        },
    }


@cache
def _pem(name):
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), name


def _configuration(folder, url):
    for name in NAMES:
        (folder / f"{name}.pem").write_bytes(_pem(name)[0])
    keys = {name: {"path": f"{name}.pem"} for name in NAMES}
    return CertomancerConfig(
        {
            "external-url-prefix": url,
            "keysets": {"keys": {"path-prefix": ".", "keys": keys}},
            "pki-architectures": {"good": _architecture(False), "revoked": _architecture(True)},
        },
        key_search_dir=str(folder),
    )


class TrustService:
    def __init__(self, folder, url):
        self.url, self.config = url, _configuration(folder, url)

    def key(self, architecture="good"):
        return SealKey.from_pkcs12(self.packed("seal", architecture), None)

    def signer(self, name, architecture="good"):
        """Of a person with a card: doris's certificate is a qualified one, gustav's is not."""
        return SimpleSigner.load_pkcs12_data(self.packed(name, architecture), other_certs=[])

    def revocations(self, architecture="good"):
        """The lists that the authorities publish, of those in effect now."""
        registry = self._architecture(architecture).service_registry
        return [registry.get_crl(ServiceLabel(name)) for name in ("root", "issuing")]

    def packed(self, name, architecture="good"):
        """PKCS#12 without a password: key, certificate, and those above."""
        above = [CertLabel("issuing"), CertLabel("root")]
        return self._architecture(architecture).package_pkcs12(CertLabel(name), certs_to_embed=above)

    def root(self, architecture="good"):
        return self.certificate("root", architecture).dump()

    def certificate(self, name, architecture="good"):
        return self._architecture(architecture).get_cert(CertLabel(name))

    def authority(self, architecture="good", name="tsa"):
        """`newer` has a certificate that ends 21 years later."""
        return Authority(f"{self.url}/{architecture}/tsa/{name}")

    def _architecture(self, name):
        return self.config.get_pki_arch(ArchLabel(name))


@contextmanager
def trust_service(folder):
    """Serves on a free port until the end of the block."""
    loop, ready, port = asyncio.new_event_loop(), threading.Event(), []
    app = web.Application()
    runner = web.AppRunner(app)

    async def start():
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port.append(site._server.sockets[0].getsockname()[1])
        ready.set()

    service = []

    async def forward(request):
        return await service[0]._handle(request)

    app.router.add_route("*", "/{path:.*}", forward)

    def run():
        loop.run_until_complete(start())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(HANG)
    made = TrustService(folder, f"http://127.0.0.1:{port[0]}")
    inner = build_animator_app(made.config.pki_archs, with_web_ui=False)
    service.append(inner)
    inner.freeze()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(HANG)
