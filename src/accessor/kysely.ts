import { createRequire } from 'node:module';

// As CommonJS the library is there in a quarter of the time that its 280 ES modules take; `src/sql/kysely.ts` gives the same one.
const require = createRequire(import.meta.url);

export const kysely = require('kysely') as typeof import('kysely');
