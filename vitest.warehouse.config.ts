import { defineConfig } from 'vitest/config'

/** On a real engine, which `npm run test:warehouse` starts. One file at a time: two cores are the engine's. */
export default defineConfig({
  test: {
    include: ['tests/warehouse/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
