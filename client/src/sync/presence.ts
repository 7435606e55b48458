/**
 * Who is here. Names come from the server, which knows whose connection it is; what other clients say of
 * themselves (awareness) counts for their caret only.
 */
import type { PresentPerson } from "./protocol"

export interface Participant {
  person: number
  name: string
  municipality: string
}

/** Whose client id this is; null while the server has not said so. */
export function ownerOf(people: readonly PresentPerson[], client: number): Participant | null {
  return people.find((each) => each.clients.includes(client)) ?? null
}

/** Remembers whose client ids were seen here, also of those who have left. */
export class Writers {
  private readonly known = new Map<number, PresentPerson>()
  private met: readonly PresentPerson[] = []

  meet(people: readonly PresentPerson[]): void {
    if (people === this.met) return
    this.met = people
    for (const person of people) for (const client of person.clients) this.known.set(client, person)
  }

  readonly ownerOf = (client: number): Participant | null => this.known.get(client) ?? null
}

export function nameOf(people: readonly PresentPerson[], person: number): string | null {
  return people.find((each) => each.person === person)?.name ?? null
}

/** Each person once, however many windows they have open: oneself first, then by municipality and name. */
export function participants(people: readonly PresentPerson[], self: number): Participant[] {
  const once = new Map(
    people.map(({ person, name, municipality }) => [person, { person, name, municipality }]),
  )
  return [...once.values()].sort(
    (a, b) =>
      Number(b.person === self) - Number(a.person === self) ||
      a.municipality.localeCompare(b.municipality, "de") ||
      a.name.localeCompare(b.name, "de"),
  )
}
