"""What can be done to a signed copy, by whoever signs it, by the service, or on the way."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from server.signing.evidence.copy_signer import CopySigner
from server.signing.evidence.kinds.pdf_signature import pdf_evidence
from server.signing.evidence.signed_copy import judge_copy
from server.signing.seal.check.seal_trust import Trust
from tests.signing.seal.test_damaged_seal import (
    add_nothing,
    change_the_page,
    flip,
    lay_a_note_over_the_text,
    rewrite_the_metadata,
    swap_the_attachment,
)

from .copies import homemade, sign_copy
from .seals import update


@dataclass(frozen=True)
class Handed:
    """What was handed out to a municipality, and what came back; twice for another statement of theirs, for
    another text, and for their neighbours. `signer` is theirs."""

    signer: object
    copy: tuple[bytes, bytes]
    another_statement: tuple[bytes, bytes]
    another_text: tuple[bytes, bytes]
    neighbours: tuple[bytes, bytes]

    @property
    def base(self):
        return self.copy[0]

    @property
    def signed(self):
        return self.copy[1]


def handed(signer, base, another_statement, another_text, neighbours):
    pairs = [(pdf, sign_copy(pdf, signer)) for pdf in (base, another_statement, another_text)]
    return Handed(signer, *pairs, (neighbours, sign_copy(neighbours, homemade("Gustav Beispiel"))))


def signed_with(change):
    """Something else is changed in the very revision that signs."""
    return lambda it: (it.base, sign_copy(it.base, it.signer, change=change))


def signed_over(change):
    """Something is changed first, then all is signed."""
    return lambda it: (it.base, sign_copy(update(it.base, change), it.signer))


def changed_later(change):
    return lambda it: (it.base, update(it.signed, change))


def flip_the_pages(it):
    place = it.base.index(b"stream") + 40
    return flip(it.base, place), flip(it.signed, place)


def flip_the_signature(it):
    start = it.signed.index(b"/Contents <") + 11
    end = start + len(it.signed[start : it.signed.index(b">", start)].rstrip(b"0"))
    return it.base, flip(it.signed, end - 9)


def hide_behind_the_signature(it):
    end = it.signed.index(b">", it.signed.index(b"/Contents <") + 11)
    return it.base, it.signed[: end - 8] + b"DEADBEEF" + it.signed[end:]


def sign_a_file_behind_the_copy(it):
    """A reader shows the other file; ours is dead weight in front of it."""
    return it.base, sign_copy(it.base + _file_at(len(it.base)), it.signer)


def _file_at(start):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Unterschrift) /Rect [0 0 0 0] /P 3 0 R >>",
    ]
    out, places = b"", []
    for number, content in enumerate(objects, 1):
        places.append(start + len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer\n<< /Size 5 /Root 1 0 R >>\n"
    return out + head + b"startxref\n%d\n%%%%EOF\n" % (start + len(out))


def handed_out_with(name, data):
    """The service itself hands out a copy that carries something else than it shows."""

    def forge(it):
        with pikepdf.open(io.BytesIO(it.base)) as pdf:
            pdf.attachments[name] = data(pdf.attachments[name].get_file().read_bytes())
            out = io.BytesIO()
            pdf.save(out)
        return out.getvalue(), sign_copy(out.getvalue(), it.signer)

    return forge


def rewrite_the_page_in_place(pdf):
    contents = pdf.root["/Pages"]["/Kids"][0].get_object().raw_get("/Contents")
    stream = generic.StreamObject(stream_data=b"/Artifact BMC EMC")
    pdf.objects[(contents.generation, contents.idnum)] = stream


def act_when_opened(pdf):
    uri = generic.pdf_string("https://evil.example")
    pdf.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): uri}
    )
    pdf.update_root()


def show_other_pages(pdf):
    pages = pdf.root["/Pages"]
    other = generic.DictionaryObject({key: pages.raw_get(key) for key in pages})
    other[pdf_name("/Kids")] = generic.ArrayObject(list(pages.raw_get("/Kids"))[:1])
    other[pdf_name("/Count")] = generic.NumberObject(1)
    pdf.root[pdf_name("/Pages")] = pdf.add_object(other)
    pdf.update_root()


def other_structure(pdf):
    tree = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/StructTreeRoot")})
    pdf.root[pdf_name("/StructTreeRoot")] = pdf.add_object(tree)
    pdf.update_root()


def move_the_field(pdf):
    _field(pdf)[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))


def rename_the_field(pdf):
    _field(pdf)[pdf_name("/TU")] = generic.pdf_string("Quittung")


def _field(pdf):
    field = pdf.root["/AcroForm"]["/Fields"].raw_get(0)
    pdf.mark_update(field)
    return field.get_object()


def fill_out_fields_by_program(pdf):
    """XFA: what a reader then shows is not in the pages."""
    pdf.root["/AcroForm"][pdf_name("/XFA")] = pdf.add_object(generic.StreamObject(stream_data=b"<xdp/>"))
    pdf.update_container(pdf.root["/AcroForm"])


def as_an_editor_does(pdf):
    """Default appearances for forms, which the signature field does not use."""
    form = pdf.root["/AcroForm"]
    form[pdf_name("/DA")] = generic.pdf_string("/Helv 0 Tf 0 g")
    form[pdf_name("/DR")] = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject()})
    pdf.update_container(form)


FORGED = {
    "not signed": lambda it: (it.base, it.base),
    "of another statement": lambda it: it.another_statement,
    "of another text": lambda it: it.another_text,
    "of the neighbours": lambda it: it.neighbours,
    "with another text": handed_out_with("erklaerung.json", lambda text: text.replace(b"Wir", b"Sie")),
    "with another answer": handed_out_with(
        "aussage.json", lambda said: said.replace(b'"answer":"signs"', b'"answer":"declines"')
    ),
    "a bit in the pages": flip_the_pages,
    "a bit in the signature": flip_the_signature,
    "hidden behind the signature": hide_behind_the_signature,
    "a note over the text later": changed_later(lay_a_note_over_the_text),
    "metadata later": changed_later(rewrite_the_metadata),
    "an empty revision later": changed_later(add_nothing),
    "a note over the text before": signed_over(lay_a_note_over_the_text),
    "another attachment before": signed_over(swap_the_attachment),
    "an empty revision before": signed_over(add_nothing),
    "a note with the signature": signed_with(lay_a_note_over_the_text),
    "another page with the signature": signed_with(change_the_page),
    "another attachment with the signature": signed_with(swap_the_attachment),
    "another page in its place": signed_with(rewrite_the_page_in_place),
    "an action with the signature": signed_with(act_when_opened),
    "fewer pages with the signature": signed_with(show_other_pages),
    "another structure with the signature": signed_with(other_structure),
    "a moved field": signed_with(move_the_field),
    "a renamed field": signed_with(rename_the_field),
    "a form that is a program": signed_with(fill_out_fields_by_program),
    "a letter more": lambda it: (it.base, it.signed + b"x"),
    "a byte less": lambda it: (it.base, it.signed[:-1]),
    "cut in the signature": lambda it: (it.base, it.signed[: len(it.base) + 3000]),
    "signed twice": lambda it: (it.base, sign_copy(it.signed, it.signer, field="Zweite")),
    "signed in another field": lambda it: (it.base, sign_copy(it.base, it.signer, field="Andere")),
    "certified": lambda it: (it.base, sign_copy(it.base, it.signer, certify=True)),
    "a file behind the copy": sign_a_file_behind_the_copy,
    "a shorter copy than was handed out": lambda it: (it.base[:-9], it.signed),
    "a longer copy than was handed out": lambda it: (it.signed[: len(it.base) + 9], it.signed),
}
"""From what was handed out to base and copy. The evidence is put right: only the copy itself is wrong."""


def evidence_for(ags, base, copy, statement_digest, signer):
    """As the service would write it."""
    return pdf_evidence(copy=copy, base=base, ags=ags, statement_digest=statement_digest, signer=signer)


def signer_of(base, signed) -> CopySigner:
    return judge_copy(signed, len(base), Trust(None, datetime.now(UTC))).signer


def put(name, value):
    def change(evidence):
        evidence[name] = value

    return change


FORGED_EVIDENCE = {
    "another subject": put("subject", "Frank Fremd"),
    "another issuer": put("issuer", "Vertrauensdienst"),
    "another name": put("name", "unterschrift.pdf"),
    "another kind": put("kind", "passkey"),
    "another digest": put("sha256", "0" * 64),
    "another digest of what was handed out": put("base_sha256", "0" * 64),
    "another digest of the statement": put("statement_sha256", "0" * 64),
    "a length of nothing": put("base_length", 0),
    "a length below nothing": put("base_length", -1),
    "a length beyond the copy": put("base_length", 2**40),
    "a length that is a text": put("base_length", "9"),
    "a length that is none": put("base_length", True),
    "a surplus field": put("note", ""),
    "a field less": lambda evidence: evidence.pop("issuer"),
}
