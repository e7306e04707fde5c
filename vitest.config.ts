import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // What generated modules import, in tests that run them.
  resolve: { alias: { 'surety/accessor': join(import.meta.dirname, 'src', 'accessor', 'index.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/servers/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
