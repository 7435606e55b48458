"""Whatever is done to a sealed file shows: as a finding that does not hold, never as a pass or a crash."""

import io

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from server.signing.checks import Check
from server.signing.seal.check.verification import check_seal
from server.signing.seal.pdf_writer import writer
from tests.signing.base_pdf import base_pdf
from tests.signing.seals import broken, local_sealer, seal, update


@pytest.fixture(scope="module")
def sealer(tmp_path_factory):
    return local_sealer(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def sealed(sealer):
    return seal(sealer)


def flip(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_changed_byte_anywhere_is_found_out(sealed, sealer):
    assert broken(sealed, trust_roots=sealer.key.roots) == set()
    value = range(sealed.index(b"/Contents <") + 11, sealed.index(b">", sealed.index(b"/Contents <")))
    places = {*range(0, len(sealed), 211), *range(len(sealed) - 30, len(sealed), 3)}
    places |= {*range(value.start - 3, value.stop, 89), *range(value.start, value.start + 120, 9)}
    for place in sorted(places):
        findings = check_seal(flip(sealed, place), trust_roots=sealer.key.roots)
        assert not all(finding.holds for finding in findings), (
            place,
            sealed[place - 9 : place + 9],
        )


@pytest.mark.parametrize(
    "landmark", [b"%PDF-", b"Siegel", b"/ByteRange [", b"startxref", b"%%EOF", b"/DocMDP"]
)
def test_a_changed_landmark_is_found_out(sealed, landmark):
    place = sealed.find(landmark)
    assert broken(flip(sealed, place + len(landmark) - 1))


def test_the_letters_of_the_signature_may_not_be_rewritten(sealed):
    start = sealed.index(b"/Contents <") + 11
    end = sealed.index(b">", start)
    small = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    assert broken(small) == {Check.SEAL_COVERAGE}


def test_what_hides_behind_the_signature_value_is_found_out(sealed):
    start = sealed.index(b"/Contents <") + 11
    end = sealed.index(b">", start)
    hidden = sealed[: end - 8] + b"DEADBEEF" + sealed[end:]
    assert broken(hidden) == {Check.SEAL_COVERAGE}


def test_trailing_bytes_are_found_out(sealed):
    """A line more is written as it may be, and covered by nothing; anything else is no revision."""
    assert broken(sealed + b"\n") == {Check.SEAL_COVERAGE}
    for tail in (b"\0", b"x", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"):
        assert broken(sealed + tail) == {Check.SEAL_UNCHANGED}, tail


def test_a_file_cut_short_is_found_out(sealed):
    assert broken(sealed[:-1])
    assert broken(sealed[: len(sealed) // 2])


def change_the_page(pdf):
    page = pdf.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Contents")] = pdf.add_object(generic.StreamObject(stream_data=b"/Artifact BMC EMC"))
    pdf.update_container(page)


def lay_a_note_over_the_text(pdf):
    page = pdf.root["/Pages"]["/Kids"][0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (50, 700, 500, 800)))
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): box,
            pdf_name("/Contents"): generic.pdf_string("Wir erklären das Gegenteil"),
        }
    )
    page["/Annots"].append(pdf.add_object(note))
    pdf.update_container(page["/Annots"])
    pdf.update_container(page)


def swap_the_attachment(pdf):
    entry = pdf.root["/AF"][0]
    forged = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"{}")
    entry["/EF"][pdf_name("/F")] = pdf.add_object(forged)
    pdf.update_container(entry)


def rewrite_the_metadata(pdf):
    pdf.root[pdf_name("/Metadata")] = pdf.add_object(generic.StreamObject(stream_data=b"<x/>"))
    pdf.update_root()


def drop_the_certification(pdf):
    del pdf.root["/Perms"]
    pdf.update_root()


def add_nothing(pdf):
    pdf.update_root()


BOTH = {Check.SEAL_COVERAGE, Check.SEAL_UNCHANGED}


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (change_the_page, BOTH),
        (lay_a_note_over_the_text, BOTH),
        (swap_the_attachment, BOTH),
        (rewrite_the_metadata, BOTH),
        (drop_the_certification, {Check.SEAL_UNCHANGED}),
        (add_nothing, {Check.SEAL_UNCHANGED}),
    ],
)
def test_a_later_revision_is_found_out(sealed, change, findings):
    """The last two add no object, and the library counts one all the same: not written plainly."""
    assert broken(update(sealed, change)) == findings


def sign_again(sealer, pdf, field, new=None):
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, sealer.key.signer, new_field_spec=new)
    return signer.sign_pdf(writer(pdf)).getvalue()


def test_a_second_signature_in_a_spare_field_is_found_out(sealed, sealer):
    assert Check.SEAL_ALONE in broken(sign_again(sealer, sealed, "Archivzeitstempel_01"))


def test_a_second_signature_in_a_field_of_its_own_is_found_out(sealed, sealer):
    assert Check.SEAL_ALONE in broken(sign_again(sealer, sealed, "Neu", SigFieldSpec("Neu")))


def test_a_change_followed_by_a_second_signature_is_found_out(sealed, sealer):
    forged = sign_again(sealer, update(sealed, change_the_page), "Archivzeitstempel_01")
    assert {Check.SEAL_ALONE, Check.SEAL_UNCHANGED} <= broken(forged)


def test_a_signature_that_does_not_certify_is_no_seal(sealer):
    assert broken(sign_again(sealer, base_pdf(), "Siegel")) == {Check.SEAL_CERTIFIES}


def test_a_file_rewritten_by_other_software_is_found_out(sealed):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.save(out)
    assert broken(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\0" * 1000, b"%PDF-1.7\n" + b"<<" * 5000])
def test_what_is_no_pdf_is_broken(data):
    assert broken(data) == {Check.SEAL_UNCHANGED}
