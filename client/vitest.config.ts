import { defineConfig } from "vitest/config"

export default defineConfig({
  // All cores: of two, vitest would by itself take one.
  test: { include: ["test/**/*.test.ts"], maxWorkers: "100%", restoreMocks: true },
})
