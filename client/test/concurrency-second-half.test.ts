import { HISTORIES, playInSlices } from "./support/slices"

playInSlices(HISTORIES / 2, HISTORIES)
