import { extname } from 'node:path';
import { escapeOf, outputExtension } from '../src/template/escape.ts';
import { TemplateError } from '../src/template/problem.ts';
import { readTemplate } from '../src/template/read.ts';
import type { Report, ReportMaker } from './report.ts';

/** A Handlebars template of the project's own, run once with the whole result. */
export const template: ReportMaker = {
  name: 'template',
  async make({ path, name, output }): Promise<Report> {
    const kinds = [outputExtension(name), extname(output)];
    if (kinds.every((kind) => kind === ''))
      throw new TemplateError(
        `"${name}" does not tell what kind of file comes of it`,
        'name it like page.html.hbs or message.txt.hbs',
      );
    const source = await readTemplate(path, name);
    // The parser is not loaded for the other reports.
    const [{ compileTemplate }, { diagnosticsContext, gateContext, runContext }] = await Promise.all([
      import('../src/template/compile.ts'),
      import('./template/context.ts'),
    ]);
    const render = compileTemplate(source, name, escapeOf(...kinds));
    return {
      name: `template:${name}`,
      extension: outputExtension(name),
      run: (run) => render(runContext(run)),
      diagnostics: (diagnostics) => render(diagnosticsContext(diagnostics)),
      gate: (result) => render(gateContext(result)),
    };
  },
};
