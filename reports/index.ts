import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report } from './report.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** All reports; their names are the formats of `--output`. */
export const REPORTS: readonly Report[] = [text, json, github, gitlab, junit, markdown, sarif];
