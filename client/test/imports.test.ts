/** Who may know whom: the editor never touches the wire, the wire never the editor, and neither the page. */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { expect, test } from "vitest"

const SRC = resolve(import.meta.dirname, "../src")
const FORBIDDEN = { editor: ["sync", "island"], sync: ["editor", "island"] } as const

/** Static, dynamic and re-exporting imports, of types too. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]/g

function importsOf(code: string): string[] {
  return [...code.matchAll(IMPORT)].flatMap(([, path]) => path ?? [])
}

/** "editor/doubles/doubled.ts → sync/presence" for each import into a forbidden folder. */
function trespasses(folder: keyof typeof FORBIDDEN): string[] {
  const files = readdirSync(join(SRC, folder), { recursive: true, encoding: "utf8" })
  return files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const path = join(SRC, folder, file)
      const targets = importsOf(readFileSync(path, "utf8"))
        .filter((target) => target.startsWith("."))
        .map((target) => relative(SRC, resolve(path, "..", target)))
      const wrong = targets.filter((target) =>
        FORBIDDEN[folder].some((each) => target.startsWith(`${each}/`)),
      )
      return wrong.map((target) => `${folder}/${file} → ${target}`)
    })
}

test.each(["editor", "sync"] as const)("%s imports nothing it must not know", (folder) => {
  expect(trespasses(folder)).toEqual([])
})

test("every way of importing is seen", () => {
  const code = `import { a } from "./a"
import type {
  B,
} from './b'
import "./c"
export { d } from "./d"
const e = await import("./e")`
  expect(importsOf(code)).toEqual(["./a", "./b", "./c", "./d", "./e"])
})
