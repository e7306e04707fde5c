import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences, enginesOf, readSpecs, runSpec } from './support/spec.ts';

const specs = await readSpecs(join(import.meta.dirname, 'specs', 'checks'));

for (const { file, cases } of specs) {
  describe(file, () => {
    for (const spec of cases) {
      for (const engine of enginesOf(spec)) {
        test(`${spec.name} (${engine.name})`, async () => {
          expect(differences(spec, await runSpec(spec, engine))).toEqual([]);
        });
      }
    }
  });
}
