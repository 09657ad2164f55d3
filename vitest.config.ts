import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/*.test.ts'],
    // Fast enough in one process per file; two cores are what CI has.
    pool: 'forks',
    maxWorkers: 2,
    // Ends what hangs. Long, since no test is about how fast this machine is today.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
