/**
 * While an input method composes a word, a change from elsewhere in the same block would break it off: what
 * others write waits until the word is done, but not for ever, since some keyboards compose all the time.
 */
import type { Provider } from "../sync/provider"

/** Milliseconds. */
const LONGEST = 3_000
/** The editor reads the composed word a moment after the end of the composition. */
const AFTERWARDS = 80

export function holdWhileComposing(text: HTMLElement, provider: Pick<Provider, "hold" | "release">): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const releaseIn = (pause: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => provider.release(), pause)
  }
  text.addEventListener("compositionstart", () => {
    provider.hold()
    releaseIn(LONGEST)
  })
  text.addEventListener("compositionend", () => releaseIn(AFTERWARDS))
}
