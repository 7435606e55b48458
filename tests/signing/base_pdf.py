"""A small PDF/A-3a and PDF/UA-1 file with the seal's field, spare fields and an attachment."""

import hashlib
import io
import struct
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Erklärung</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>test</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
FIELDS = {
    "Siegel": [70, 100, 320, 160],
    "Archivzeitstempel_01": [0, 0, 0, 0],
    "Archivzeitstempel_02": [0, 0, 0, 0],
}
MADE_AT = struct.pack(">6H", 2026, 6, 18, 9, 0, 0)
"""The profile's date (ICC.1, 7.2.8). With the present moment, one file in some hundred would end a compressed
stream in a CR, which the PDF/A validator misjudges."""
ATTACHMENT = b'{"format":"kraftakt-content/1"}'


@cache
def base_pdf():
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(b"/Artifact BMC 0.2 0.4 0.6 rg 70 700 200 40 re f EMC")
    page.obj.Tabs = Name.S
    root = pdf.Root
    root.Lang, root.MarkInfo = String("de-DE"), Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    _add_fields(pdf, page)
    _add_output_intent(pdf)
    _attach(pdf, "erklaerung.json", ATTACHMENT)
    root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    out = io.BytesIO()
    pdf.save(out, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _add_fields(pdf, page):
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.P, numbers, fields = tree, Array(), Array()
    page.obj.Annots = Array()
    for key, (name, box) in enumerate(FIELDS.items()):
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(name),
                TU=String(name),
                Rect=Array(box),
                F=132,
                P=page.obj,
                StructParent=key,
            )
        )
        if any(box):
            widget.AP = Dictionary(N=_empty_appearance(pdf, box))
        element = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=document,
                K=Dictionary(Type=Name.OBJR, Pg=page.obj, Obj=widget),
            )
        )
        document.K.append(element)
        numbers.extend([key, element])
        page.obj.Annots.append(widget)
        fields.append(widget)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(FIELDS)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, SigFlags=0))


def _empty_appearance(pdf, box):
    size = Array([0, 0, box[2] - box[0], box[3] - box[1]])
    return pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=size, Resources=Dictionary())


def _add_output_intent(pdf):
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = made[:24] + MADE_AT + made[36:]
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                DestOutputProfile=pdf.make_stream(profile, N=3),
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB"),
            )
        ]
    )


def _attach(pdf, name, data):
    checksum = String(hashlib.md5(data, usedforsecurity=False).digest())
    parameters = Dictionary(Size=len(data), ModDate=String("D:20260618090000Z"), CheckSum=checksum)
    file = pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/application/json"), Params=parameters)
    entry = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(name),
            AFRelationship=Name.Source,
            EF=Dictionary(F=file, UF=file),
        )
    )
    pdf.Root.AF = Array([entry])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), entry])))
