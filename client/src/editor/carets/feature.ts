/** Where the others are. */
import type { MakeFeature } from "../feature"
import { type CaretSource, caretsPlugin } from "./carets"

export function carets(source: CaretSource): MakeFeature {
  return ({ binding }) => ({ plugins: [caretsPlugin(binding, source)] })
}
