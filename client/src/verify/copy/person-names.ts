/** Does a name in a certificate fit a person's? Words are compared, as `server/domain/people/person_names.py` does. */

/** Every word of the person's name stands in the other one, in any order and case, umlauts in any spelling. */
export function fits(person: string, named: string): boolean {
  return [false, true].some((spelledOut) => {
    const wanted = words(person, spelledOut)
    const there = words(named, spelledOut)
    return wanted.length > 0 && wanted.every((word) => there.includes(word))
  })
}

function words(name: string, spelledOut: boolean): string[] {
  const small = name.normalize("NFC").toLowerCase().replaceAll("ß", "ss")
  const spelled = spelledOut ? small.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue") : small
  return spelled
    .split(/[\s-]+/)
    .filter((part) => !part.endsWith("."))
    .map((part) => part.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean)
}
