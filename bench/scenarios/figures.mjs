/** Milliseconds of server CPU for each 1,000 of something. */
export const cpuPer1000 = (use, count) => (count ? (use.server_cpu_s * 1e6) / count : null)

/** The generator was the limit, not the server: the server's figure is then only a lower bound. */
export const generatorBound = (use) => use.generator_cores > 0.9 && use.server_cores < 0.9
