import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report, ReportMaker } from './report.ts';
import { sarif } from './sarif.ts';
import { template } from './template.ts';
import { text } from './text.ts';

/** All reports; their names are the formats of `--output`. */
export const REPORTS: readonly Report[] = [text, json, html, github, gitlab, junit, markdown, sarif];

/** Reports that a file of one's own describes; the formats are `NAME:FILE`. */
export const REPORT_MAKERS: readonly ReportMaker[] = [template];
