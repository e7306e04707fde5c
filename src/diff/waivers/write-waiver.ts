import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { visible } from '../../util/visible.ts';
import { writeWhole } from '../../util/write-whole.ts';
import { DISK } from '../../yaml/files.ts';
import { readSource } from '../../yaml/source.ts';
import { editWaivers } from './edit-waivers.ts';
import type { WaiverEntry } from './waiver.ts';

const SCHEMA = 'node_modules/surety/src/diff/waivers/waivers.schema.json';

export interface AddedWaiver {
  /** As people should see it. */
  readonly file: string;
  /** Of the entry, from 1. */
  readonly line: number;
  /** Whether there was an entry for the fingerprint, which now says something else. */
  readonly renewed: boolean;
}

/**
 * Adds an entry to a waivers.yaml, or renews the one of the same fingerprint; the file is made where there is none, and written whole or not
 * at all. `projectFolder` is where editors find the schema from. Problems where it could not be written: then the file is as it was.
 */
export async function addWaiver(
  path: string,
  entry: WaiverEntry,
  projectFolder: string = dirname(path),
): Promise<AddedWaiver | readonly Diagnostic[]> {
  const file = DISK.shown(path);
  const isNew = DISK.kind(path) === undefined;
  const schema = relative(dirname(path), join(projectFolder, SCHEMA)).split(sep).join('/');
  const source = isNew
    ? { name: file, text: `# yaml-language-server: $schema=${schema}\n` }
    : await readSource(path, file);
  if ('code' in source) return [source];
  const edited = editWaivers(source, entry);
  if (!('text' in edited)) return edited;
  try {
    await writeWhole(path, isNew ? edited.text : (await markOf(path)) + edited.text);
  } catch (error) {
    return [notWritten(file, error)];
  }
  return { file, line: edited.line, renewed: edited.renewed };
}

async function markOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).startsWith('\uFEFF') ? '\uFEFF' : '';
}

function notWritten(file: string, error: unknown): Diagnostic {
  return {
    code: 'waivers/not-written',
    severity: 'error',
    message: `"${visible(file)}" cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'give write permission to the file and its folder',
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}
