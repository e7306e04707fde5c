import { readPackageFile } from './package-file.ts';

/** Version of the package. */
export const VERSION: string = (JSON.parse(readPackageFile('package.json')) as { readonly version: string }).version;
