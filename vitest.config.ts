import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Files share their modules: most of the time would otherwise go into loading the same rooms again. Nothing in them
    // keeps state between tests but what the composition root hands in once.
    isolate: false,
    globalSetup: 'test/build.ts',
    maxWorkers: '100%',
    // Real processes and real clients start slowly on a busy machine.
    testTimeout: 20_000,
  },
})
