import type { Flavor } from './flavor.ts';

/**
 * What a connection is set to, by one statement. Texts that share so many bytes are one group to both servers where they sort to group,
 * and a sort needs memory for some of them.
 */
export function settingsOf(flavor: Flavor): string {
  return `set ${[
    // The collation of strings in contract SQL is the one that the server's own client has.
    'names utf8mb4',
    `session time_zone = '+00:00'`,
    `session sql_mode = '${flavor.mode}'`,
    'session sql_notes = 0',
    'session sql_select_limit = 18446744073709551615',
    `session max_error_count = ${MOST_WARNINGS}`,
    'session max_sort_length = 65536',
    'session sort_buffer_size = 4194304',
    'session group_concat_max_len = 1048576',
    ...flavor.settings.map((each) => `session ${each}`),
  ].join(', ')}`;
}

/** As many warnings of a statement are kept, so that the first bad one is among them. */
export const MOST_WARNINGS = 64;

/** How long statements may take and wait for locks, in milliseconds. */
export function limitsOf(flavor: Flavor, milliseconds: number): string {
  const limit = Math.max(1, Math.round(milliseconds));
  return `set session ${flavor.timeout(limit)}, session lock_wait_timeout = ${Math.max(1, Math.ceil(limit / 1000))}`;
}
