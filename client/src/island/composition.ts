/**
 * While an input method composes a word, a change from elsewhere in the same block would break it off: what
 * others write there waits until the word is done, but not for ever, since some keyboards compose all the
 * time. Changes of other blocks are shown at once.
 */
import type { Text } from "yjs"
import { BlockWatch, type Stretch } from "../sync/block-watch"
import type { Provider } from "../sync/provider"

/** Milliseconds. */
const LONGEST = 3_000
/** The editor reads the composed word a moment after the end of the composition. */
const AFTERWARDS = 80

export interface Composed {
  /** The element that is written in. */
  text: HTMLElement
  /** The block that holds the caret. */
  block(): Stretch
}

export function holdWhileComposing(
  { text, block }: Composed,
  ytext: Text,
  provider: Pick<Provider, "hold" | "release">,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let watch: BlockWatch | null = null
  const release = () => {
    provider.release()
    watch?.destroy()
    watch = null
  }
  const releaseIn = (pause: number) => {
    clearTimeout(timer)
    timer = setTimeout(release, pause)
  }
  text.addEventListener("compositionstart", () => {
    watch ??= new BlockWatch(ytext, block)
    provider.hold(watch.touches)
    releaseIn(LONGEST)
  })
  text.addEventListener("compositionend", () => releaseIn(AFTERWARDS))
}
