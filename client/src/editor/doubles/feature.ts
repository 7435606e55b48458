/** The notice that words stand in the text twice. */
import { mayWrite } from "../../rights"
import type { MakeFeature } from "../feature"
import { Doubled, type DoubledOptions } from "./doubled"

export function doubles(options: DoubledOptions): MakeFeature {
  return ({ view, binding, history, strings }) => {
    const doubled = new Doubled(view, binding, history, strings, options)
    return {
      panel: doubled.dom,
      setRights: (rights) => doubled.setEditable(mayWrite(rights)),
      synced: () => doubled.recall(),
    }
  }
}
