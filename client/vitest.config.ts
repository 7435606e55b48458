import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    maxWorkers: "100%", // of two cores, vitest would by itself take one
    restoreMocks: true,
    testTimeout: 300_000, // milliseconds; finds what hangs, also on a busy machine
  },
})
