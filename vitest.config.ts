import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/*.test.ts'],
    // Fast enough in one process per file; two cores are what CI has.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
