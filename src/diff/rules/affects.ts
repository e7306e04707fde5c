import type { Effect, Effects } from '../../model/change.ts';

/** What a change does to readers in SQL, to typed accessors, to models, and to writers. */
export function affects(sql: Effect, types: Effect, models: Effect, writers: Effect): Effects {
  return { sql, types, models, writers };
}
