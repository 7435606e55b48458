/**
 * Clipboards in the shapes in which these programs write them, shortened to what matters, and what is expected:
 * a block a line, "kind:level words", *bold*, /italic/.
 */
export interface Recorded {
  name: string
  html: string
  expected: string[]
  lost?: string[]
}

const word = (body: string) =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><style><!-- p.MsoNormal{margin:0cm} --></style></head><body lang=DE style='tab-interval:35.4pt'><!--StartFragment-->${body}<!--EndFragment--></body></html>`

const wordItem = (level: number, marker: string, text: string, font = "Calibri") =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:${font};mso-fareast-font-family:${font}'><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`

const docs = (body: string) =>
  `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">${body}</b>`

const docsSpan = (text: string, weight = 400, style = "normal", more = "baseline") =>
  `<span style="font-size:11pt;font-family:Arial,sans-serif;font-weight:${weight};font-style:${style};text-decoration:none;vertical-align:${more};white-space:pre-wrap;">${text}</span>`

export const RECORDED: readonly Recorded[] = [
  {
    name: "Google Docs",
    html: docs(
      `<h2 dir="ltr" style="line-height:1.38;">${docsSpan("Ziele")}</h2><p dir="ltr">${docsSpan("Wir ")}${docsSpan("bauen", 700)}${docsSpan(" und ")}${docsSpan("planen", 400, "italic")}${docsSpan(" auf 5 m")}${docsSpan("2", 400, "normal", "super")}</p><ol style="margin-top:0;"><li dir="ltr" aria-level="1" style="list-style-type:decimal;"><p dir="ltr" role="presentation">${docsSpan("Erstens")}</p></li><ol><li dir="ltr" aria-level="2"><p role="presentation">${docsSpan("genauer")}</p></li></ol></ol>`,
    ),
    expected: [
      "heading:2 Ziele",
      "paragraph:0 Wir *bauen* und /planen/ auf 5 m²",
      "clause:1 Erstens",
      "clause:2 genauer",
    ],
  },
  {
    name: "LibreOffice Writer",
    html: `<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.6 (Linux)"/><style type="text/css">p { line-height: 115% }</style></head><body lang="de-DE" dir="ltr"><h1 class="western">Titel</h1><p style="line-height: 100%">Ein <span style="font-weight: bold">fettes</span> und <span style="font-style: italic"><span style="font-weight: normal">schräges</span></span> <b>Wort</b><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>.</p><ol><li><p style="margin-bottom: 0cm">Eins</p></li></ol><div id="sdfootnote1"><p class="sdfootnote">Eine Fußnote</p></div></body></html>`,
    expected: ["heading:1 Titel", "paragraph:0 Ein *fettes* und /schräges/ *Wort*.", "clause:1 Eins"],
    lost: ["footnotes"],
  },
  {
    name: "Word with tracked changes, a comment, hidden text and a footnote",
    html: word(
      `<p class=MsoNormal>Wir <del cite="mailto:Anna" datetime="2026-01-01T10:00"><span style='text-decoration:line-through'>plant</span></del><ins cite="mailto:Anna"><span>baut</span></ins><span style='display:none;mso-hide:all'>geheim</span> hier<span class=MsoCommentReference><span style='font-size:8.0pt'><a style='mso-comment-reference:A_1' href="#_msocom_1" class=msocomanchor>[A1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a>.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>Die Fußnote</p></div></div><div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Das prüfen wir noch</p></div></div>`,
    ),
    expected: ["paragraph:0 Wir baut hier."],
    lost: ["struck", "comments", "footnotes", "hidden"],
  },
  {
    name: "Word's lists in any numbering",
    html: word(
      wordItem(1, "1.", "a") +
        wordItem(2, "a)", "b") +
        wordItem(1, "§ 3", "c") +
        wordItem(1, "(iv)", "d") +
        wordItem(2, "1.1.2", "e") +
        wordItem(1, "Art. 5", "f") +
        wordItem(1, "Ⅵ", "g") +
        wordItem(1, "·", "h", "Symbol") +
        wordItem(1, "o", "i", '"Courier New"') +
        wordItem(1, "§", "j", "Wingdings") +
        wordItem(1, "ü", "k", "Wingdings") +
        wordItem(5, "–", "l"),
    ),
    expected: [
      ...["clause:1 a", "clause:2 b", "clause:1 c", "clause:1 d", "clause:2 e", "clause:1 f", "clause:1 g"],
      ...["bullet:1 h", "bullet:1 i", "bullet:1 j", "bullet:1 k", "bullet:3 l"],
    ],
  },
  {
    name: "Word's numbered headings and its title",
    html: word(
      `<p class=MsoTitle>Erklärung</p><h2 style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>1.1<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]><b>Netze</b></h2>`,
    ),
    expected: ["heading:1 Erklärung", "heading:2 Netze"],
  },
  {
    name: "Word online",
    html: `<html><body><div class="OutlineElement"><p class="Paragraph" xml:lang="DE-DE"><span data-contrast="auto" class="TextRun" style="font-weight:bold"><span class="NormalTextRun">Fett</span></span><span class="TextRun TrackChangeTextDeletion"> weg</span><span class="EOP">&nbsp;</span></p></div><div class="ListContainerWrapper"><ol class="NumberListStyle1" start="1"><li data-leveltext="%1." data-aria-level="1"><p class="Paragraph">Eins</p></li></ol></div><div class="ListContainerWrapper"><ol start="1"><li data-leveltext="%2)" data-aria-level="2"><p class="Paragraph">tief</p></li></ol></div></body></html>`,
    expected: ["paragraph:0 *Fett*", "clause:1 Eins", "clause:2 tief"],
    lost: ["struck"],
  },
  {
    name: "Outlook",
    html: word(
      `<div class=WordSection1><p class=MsoNormal><span style='font-size:11.0pt;mso-fareast-language:EN-US'>Guten <i>Tag</i>,<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>${wordItem(1, "-", "Punkt")}</div>`,
    ),
    expected: ["paragraph:0 Guten /Tag/,", "bullet:1 Punkt"],
  },
  {
    name: "Outlook on the web",
    html: '<div style="font-family: Aptos;">Zeile <span style="font-weight: 600;">eins</span></div><div><br></div><div>Zeile zwei</div>',
    expected: ["paragraph:0 Zeile *eins*", "paragraph:0 Zeile zwei"],
  },
  {
    name: "Excel",
    html: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-number-format:General}</style></head><body><table border=0><colgroup><col width=80></colgroup><tr><td class=xl65>Lahr</td><td align=right x:num>48.000</td></tr><tr><td>Kehl</td><td align=right>37.000</td></tr></table></body></html>`,
    expected: ["paragraph:0 Lahr | 48.000", "paragraph:0 Kehl | 37.000"],
    lost: ["tables"],
  },
  {
    name: "a table of Word",
    html: word(
      "<table class=MsoTableGrid><tr><td><p class=MsoNormal>A<o:p></o:p></p></td><td><p class=MsoNormal>B</p></td></tr></table><p class=MsoNormal>danach</p>",
    ),
    expected: ["paragraph:0 A | B", "paragraph:0 danach"],
    lost: ["tables"],
  },
  {
    name: "Pages",
    html: `<html><head><meta name="Generator" content="Cocoa HTML Writer"><style type="text/css">p.p1 {margin: 0.0px}</style></head><body><p class="p1"><span class="s1"><b>Fett</b></span><span class="Apple-converted-space">&nbsp;</span>und <i>schräg</i></p><ul class="ul1"><li class="li1"><span class="s2"></span>Punkt</li></ul></body></html>`,
    expected: ["paragraph:0 *Fett* und /schräg/", "bullet:1 Punkt"],
  },
  {
    name: "the PDF viewer of Firefox",
    html: '<span dir="ltr" role="presentation" style="left: 9%; top: 5%; font-size: 12px;">Wir fordern mehr Mit-</span><br role="presentation"><span dir="ltr" role="presentation" style="left: 9%">tel für Baden-</span><br role="presentation"><span role="presentation">Württemberg und</span><br role="presentation"><span role="presentation">alle Kreise.</span>',
    expected: ["paragraph:0 Wir fordern mehr Mittel für Baden-Württemberg und alle Kreise."],
  },
  {
    name: "a web page",
    html: '<h1>A</h1><h5>B</h5><details><summary>Mehr</summary><p>Text</p></details><dl><dt>Wort</dt><dd>Sinn</dd></dl><blockquote><p>C</p></blockquote><p>10<sup>6</sup> m<sup>3</sup> CO<sub>2</sub>, 1<sup>st</sup> <strike>alt</strike><s>er</s><img src="x"></p><ul><li>D<ol><li>E</li></ol></li></ul><script>alert(1)</script><p style="display:none">weg</p>',
    expected: [
      ...["heading:1 A", "heading:3 B", "paragraph:0 Mehr", "paragraph:0 Text", "paragraph:0 Wort"],
      ...["paragraph:0 Sinn", "quote:0 C", "paragraph:0 10⁶ m³ CO₂, 1st", "bullet:1 D", "clause:2 E"],
    ],
    lost: ["pictures", "struck", "hidden", "raised"],
  },
  {
    name: "a page that lays itself out with a table",
    html: "<table><tr><td><h2>Links</h2><p>a</p></td><td><p>b</p><p>c</p></td></tr></table>",
    expected: ["heading:2 Links", "paragraph:0 a", "paragraph:0 b", "paragraph:0 c"],
    lost: ["tables"],
  },
  {
    name: "Word's headings and quotation of a German template",
    html: word(
      "<h2><a name=\"_Toc1\"></a>Ziele<o:p></o:p></h2><p class=MsoQuote><i>Wer gemeinsam plant, spart.<o:p></o:p></i></p><p class=MsoNormal style='margin-left:35.4pt'>eingerückt<o:p></o:p></p><p class=MsoNormal align=center style='text-align:center'><b style='mso-bidi-font-weight:normal'>mittig<o:p></o:p></b></p>",
    ),
    expected: [
      "heading:2 Ziele",
      "paragraph:0 /Wer gemeinsam plant, spart./",
      "paragraph:0 eingerückt",
      "paragraph:0 *mittig*",
    ],
  },
  {
    name: "Thunderbird",
    html: '<div class="moz-text-html" lang="x-unicode"><p>Liebe Kolleginnen,<br>\n</p><blockquote type="cite" cite="mid:1@x"><p>Netze <b class="moz-txt-star"><span class="moz-txt-tag">*</span>ausbauen<span class="moz-txt-tag">*</span></b></p></blockquote></div>',
    expected: ["paragraph:0 Liebe Kolleginnen,", "quote:0 Netze **ausbauen**"],
  },
  {
    name: "a council's information system",
    html: '<div class="smc-text"><p align="justify"><font face="Arial" size="3">Der Gemeinderat <u>beschlie\u00adßt</u>:&nbsp;</font></p><ol type="1" start="3"><li value="3"><font face="Arial">Netze</font></li></ol><p><font color="#ffffff" style="font-size:1px">.</font></p></div>',
    expected: ["paragraph:0 Der Gemeinderat beschlie\u00adßt:", "clause:1 Netze", "paragraph:0 ."],
  },
]
