/** Raised and lowered letters as Unicode has them: 10⁶, m², CO₂. */
const PLAIN = "0123456789+-=()"
const SUPER = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"].map((letter, i) => [PLAIN.charAt(i), letter]))
const SUB = new Map([..."₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"].map((letter, i) => [PLAIN.charAt(i), letter]))

/** Null when Unicode lacks one of the letters. */
export function raised(text: string, script: "super" | "sub"): string | null {
  const letters = script === "super" ? SUPER : SUB
  const mapped = [...text.replaceAll("−", "-")].map((letter) =>
    /\s/.test(letter) ? letter : letters.get(letter),
  )
  return mapped.includes(undefined) ? null : mapped.join("")
}
