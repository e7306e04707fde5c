import type { Report } from './report.ts';

/** One page that opens from disk, and that needs no script to be read. What draws its pictures is loaded only where one is made. */
export const html: Report = {
  name: 'html',
  async run(run) {
    const { page } = await import('./html/page.ts');
    return page(run);
  },
};
