/** The page for the hall: listens, lights up, and goes on by itself after whatever happens. */
import { Feed } from "./wall/feed"
import { Play } from "./wall/play"
import { Screen, type Words } from "./wall/screen"
import { counts, isState, newsOf, signed, type WallState } from "./wall/state"

interface Config {
  readonly address: string
  readonly state: WallState
  readonly words: Words
}

function readConfig(page: Document): Config | null {
  const text = page.getElementById("wall-config")?.textContent
  const config = text ? (JSON.parse(text) as Config) : null
  return config && isState(config.state) ? config : null
}

function start(page: Document, config: Config): void {
  let state = config.state
  const screen = new Screen(page, config.words)
  const play = new Play(
    () => state.places.filter(counts),
    (scene) => screen.show(scene),
  )
  const feed = new Feed(config.address, {
    changed: (next) => {
      const news = newsOf(state, next)
      state = next
      screen.paint(state)
      play.add(news)
    },
    heard: (at) => screen.heard(at),
    cut: () => screen.cut(),
    gone: () => screen.gone(),
  })
  const newest = signed(state).at(-1)
  screen.paint(state)
  screen.heard(new Date())
  if (newest) screen.show({ kind: "one", place: newest })
  play.begin(newest)
  feed.start()
  window.addEventListener("online", () => feed.hurry())
  page.addEventListener("visibilitychange", () => page.hidden || feed.hurry())
  const button = page.getElementById("wall-next")
  button?.addEventListener("click", () => play.next())
  page.addEventListener("keydown", (event) => {
    if (
      event.key === "ArrowRight" ||
      event.key === "PageDown" ||
      (event.key === " " && event.target !== button)
    ) {
      event.preventDefault()
      play.next()
    }
  })
}

const config = readConfig(document)
if (config) start(document, config)
