import { playInSlices } from "./support/slices"

playInSlices(1_000, 2_000)
