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
  /** Whether what is being composed is written only once it is done: then nothing else is shown before. */
  readonly defers: boolean
  /** What is being composed counts as it is now. */
  settle(): void
}

export function holdWhileComposing(
  editor: Composed,
  ytext: Text,
  provider: Pick<Provider, "hold" | "release">,
): void {
  const { text } = editor
  let timer: ReturnType<typeof setTimeout> | undefined
  let watch: BlockWatch | null = null
  const release = () => {
    editor.settle()
    provider.release()
    watch?.destroy()
    watch = null
  }
  const releaseIn = (pause: number) => {
    clearTimeout(timer)
    timer = setTimeout(release, pause)
  }
  text.addEventListener("compositionstart", () => {
    editor.settle() // the word before
    watch ??= new BlockWatch(ytext, () => editor.block())
    const { touches } = watch
    provider.hold((update) => editor.defers || touches(update))
    releaseIn(LONGEST)
  })
  text.addEventListener("compositionend", () => releaseIn(AFTERWARDS))
}
