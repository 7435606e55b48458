/** The text has no tables: a row becomes a paragraph, its cells apart. */

const BETWEEN = " | "
/** More than a line of text. */
const BLOCKS = "li, h1, h2, h3, h4, h5, h6, blockquote, table"

/** True when there was a table whose shape is lost. */
export function flattenTables(body: HTMLElement): boolean {
  const tables = [...body.querySelectorAll("table")].reverse() // inner ones first
  let lost = false
  for (const table of tables) lost = flatten(table) || lost
  return lost
}

function flatten(table: HTMLTableElement): boolean {
  const page = table.ownerDocument
  const rows = [...table.rows]
  const laidOut = rows.some((row) => [...row.cells].some(isLaidOut))
  const lines = rows.flatMap((row) => (laidOut ? [...row.cells].map(contents) : [joined(row)]))
  const caption = table.caption ? [contents(table.caption)] : []
  const all = [...caption, ...lines].filter(({ textContent }) => textContent?.trim())
  table.replaceWith(
    ...all.map((line) => {
      const block = page.createElement(laidOut ? "div" : "p")
      block.append(line)
      return block
    }),
  )
  return rows.some(({ cells }) => cells.length > 1)
}

/** A table that only places things beside each other, as mails and old pages have. */
function isLaidOut(cell: HTMLTableCellElement): boolean {
  return cell.querySelector(BLOCKS) !== null || cell.querySelectorAll("p").length > 1
}

function contents(element: Element): DocumentFragment {
  const fragment = element.ownerDocument.createDocumentFragment()
  fragment.append(...element.childNodes)
  return fragment
}

function joined(row: HTMLTableRowElement): DocumentFragment {
  for (const block of row.querySelectorAll("p, div")) block.replaceWith(...block.childNodes)
  const fragment = row.ownerDocument.createDocumentFragment()
  ;[...row.cells].forEach((cell, k) => {
    if (k) fragment.append(BETWEEN)
    fragment.append(...cell.childNodes)
  })
  return fragment
}
