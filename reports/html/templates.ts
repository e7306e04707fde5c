import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readPackageFile } from '../../src/util/package-file.ts';
import { type Chart, chartSvg } from './charts.ts';
import { proseHtml } from './prose.ts';

/** The parts of the page, under `reports/templates`. */
const PARTS = ['page', 'contract', 'table', 'finding', 'raci', 'party'] as const;

const require = createRequire(import.meta.url);
const Runtime: typeof import('handlebars') = require('handlebars/runtime');

/** What is called from templates; each gives markup that holds nothing of the data unescaped. */
const HELPERS = {
  chart: (chart: Chart) => new Runtime.SafeString(chartSvg(chart)),
  picture: (svg: string) => new Runtime.SafeString(svg),
  prose: (text: string) => new Runtime.SafeString(proseHtml(text)),
  source: (text: string) => new Runtime.SafeString(text),
};

/** What the build has made of the templates. */
interface Made {
  readonly style: string;
  readonly script: string;
  readonly parts: Readonly<Record<string, TemplateSpecification>>;
}

export interface Templates {
  readonly style: string;
  readonly script: string;
  page(view: object): string;
}

const OPTIONS = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((helper) => [helper, true])),
  preventIndent: true,
} as CompileOptions;

/** Where what the build has made is looked for: beside this file as it was built. */
export const TEMPLATES_PATH = join(import.meta.dirname, 'templates.cjs');

/** The templates as the build has made them, else made now. */
export function openTemplates(): Templates {
  const made = existsSync(TEMPLATES_PATH) ? (require(TEMPLATES_PATH) as Made) : undefined;
  const engine = made ? Runtime.create() : compiler().create();
  engine.registerHelper(HELPERS);
  for (const name of PARTS) {
    const part = made?.parts[name];
    engine.registerPartial(name, part ? engine.template(part) : engine.compile(read(`${name}.hbs`), OPTIONS));
  }
  const { style, script } = made ?? texts();
  return { style, script, page: engine.partials['page'] as Templates['page'] };
}

/** A CommonJS module that exports what `openTemplates` needs. */
export function templatesCode(): string {
  const parts = PARTS.map((name) => `${name}: ${compiler().precompile(read(`${name}.hbs`), OPTIONS)}`);
  return `module.exports = { ...${JSON.stringify(texts())}, parts: {\n${parts.join(',\n')}\n} };\n`;
}

function compiler(): typeof import('handlebars') {
  return require('handlebars');
}

function texts(): Pick<Made, 'style' | 'script'> {
  return { style: read('report.css'), script: read('report.js') };
}

function read(name: string): string {
  return readPackageFile(`reports/templates/${name}`);
}
