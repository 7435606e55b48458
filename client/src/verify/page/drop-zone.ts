/** A file chooser that also takes what is dropped on it. For the keyboard the file input is there. */
const OVER = "k-drop--over"

export function receiveFiles(section: HTMLElement, receive: (file: File) => void): void {
  const zone = section.querySelector<HTMLElement>(".k-drop")
  const input = section.querySelector<HTMLInputElement>("input[type=file]")
  if (!zone || !input) return
  input.addEventListener("change", () => take(input.files, receive))
  for (const type of ["dragenter", "dragover"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault()
      zone.classList.add(OVER)
    })
  }
  zone.addEventListener("dragleave", (event) => {
    const inside = event.relatedTarget instanceof Node && zone.contains(event.relatedTarget)
    if (!inside) zone.classList.remove(OVER)
  })
  zone.addEventListener("drop", (event) => {
    event.preventDefault()
    zone.classList.remove(OVER)
    take(event.dataTransfer?.files ?? null, receive)
  })
}

function take(files: FileList | null, receive: (file: File) => void): void {
  const file = files?.[0]
  if (file) receive(file)
}
