/** Where the others are. */
import type { MakeFeature } from "../feature"
import { type CaretSource, caretsPlugin } from "./carets"
import type { Following } from "./following"

export function carets(source: CaretSource, following: Following): MakeFeature {
  return ({ binding, strings }) => ({
    plugins: [caretsPlugin(binding, source, strings.presenceCoordination, following)],
  })
}
