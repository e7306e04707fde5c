import { json } from './json.ts';
import type { Report } from './report.ts';
import { text } from './text.ts';

/** All reports; their names are the formats of `--output`. */
export const REPORTS = [text, json] as const satisfies readonly Report[];
