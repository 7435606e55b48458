/** Something on the page is not what would be signed. `link`: of the chain from the shown text to the signature. */
export class Differs extends Error {
  readonly link: string

  constructor(link: string) {
    super(`the ${link} differs from what is shown`)
    this.link = link
  }
}
