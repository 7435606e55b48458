// Horizontal bars, one a server: no library for nine rectangles.

const WIDTH = 720
const NAMES = 250
const VALUES = 90
const BAR = 22
const GAP = 10
const TOP = 44

/** `bars`: [{name, value, own}]; null values are left out. Readable in light and dark. */
export function barChart(title, bars) {
  const drawn = bars.filter(({ value }) => value !== null)
  const largest = Math.max(...drawn.map(({ value }) => value), Number.MIN_VALUE)
  const height = TOP + drawn.length * (BAR + GAP) + GAP
  const scale = (WIDTH - NAMES - VALUES) / largest
  const shapes = drawn.map((bar, index) => oneBar(bar, TOP + index * (BAR + GAP), scale))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#fff"/>
<text x="12" y="26" font-size="15" font-weight="bold" fill="#222">${escaped(title)}</text>
${shapes.join("\n")}
</svg>
`
}

function oneBar({ name, value, own }, y, scale) {
  const length = Math.max(1, value * scale)
  const middle = y + BAR * 0.7
  return `<text x="${NAMES - 8}" y="${middle}" text-anchor="end" fill="#222">${escaped(name)}</text>
<rect x="${NAMES}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" fill="${own ? "#00594f" : "#9aa5b1"}"/>
<text x="${NAMES + length + 6}" y="${middle}" fill="#222">${format(value)}</text>`
}

const format = (value) =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)))

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
