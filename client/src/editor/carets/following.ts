/** Keeps somebody else's caret in sight, until one does something oneself. */

export interface Followed {
  person: number
  label: string
}

export class Following {
  private now: Followed | null = null
  private readonly listeners: (() => void)[] = []

  get followed(): Followed | null {
    return this.now
  }

  follow(followed: Followed | null): void {
    if (followed?.person === this.now?.person) return
    this.now = followed
    for (const listener of this.listeners) listener()
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener)
  }
}

/** Where a caret should be on the screen, in CSS pixels: below the bar, and not at the very end. */
const ABOVE = 128
const BELOW = 96

/** Brings a line into the middle unless it is in sight. `top`: of the line, within the window. */
export function bringIntoSight(top: number): void {
  if (top >= ABOVE && top <= window.innerHeight - BELOW) return
  window.scrollBy({ top: top - window.innerHeight / 2 })
}
