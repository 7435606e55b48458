"""What stands beside the files in the package."""

from __future__ import annotations

from typing import Final

README: Final = """\
# Test vectors for sealed Kraftakt documents

For whoever writes a verifier. The format, the checks and the verdicts are specified in
`EVIDENCE.md` of Kraftakt.
Nothing here is a real declaration: every file was made for this package, with keys that nobody keeps.

`vectors.json` lists the files, `{"format": "kraftakt-vectors/1", "renderer": N, "vectors": [...]}`.
A vector has:

- `file`: path in this package; `sha256`: its digest, in lower-case hexadecimal digits
- `class`: the class of forgery, or `honest`; `what`: what was done, in plain English
- `trusted`: the certificates (PEM) that a verifier with trusted issuers trusts, or null
- `verdict`: what must be said with those certificates
- `verdict_without_roots`: what must be said by a verifier that trusts nobody
- `failed`: the codes of everything that our verifier calls broken or missing, with those
  certificates. A verifier need not stumble over the same thing first; it must come to the same
  verdict.
- `published` (where only the pages are forged): what the service would publish about the document
  that was sealed. A verifier that cannot make the pages again has to compare with it; alone it must
  say that it has not looked at them.

The renderer's version tells which version of the software makes the pages of these files again. A
verifier without that renderer judges the pages by their structure, or not at all, and says so.

Written anew, the package has the same vectors, verdicts and codes; keys, times and signatures are
others, and so are the digests. Elliptic-curve signatures are random by nature.
"""
