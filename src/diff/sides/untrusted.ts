import { readFileSync } from 'node:fs';
import type { Variables } from '../../project/secret.ts';

/**
 * Whether CI runs this for somebody who may not write to the repository: a pull request from a fork (GitHub: the
 * head of the event is in another repository, whatever the event is called; GitLab: the source project is another one).
 */
export function isFromFork(variables: Variables): boolean {
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_PROJECT_ID: target } = variables;
  if (source && target) return source !== target;
  const event = eventOf(variables['GITHUB_EVENT_PATH']);
  const { head, base } = event?.pull_request ?? {};
  // The fork may be gone, and an event that cannot be read proves nothing.
  if (event?.pull_request || /^pull_request/.test(variables['GITHUB_EVENT_NAME'] ?? '')) {
    const [from, to] = [head?.repo?.full_name, base?.repo?.full_name];
    return from === undefined || from !== to;
  }
  const { workflow_run: run, repository } = event ?? {};
  return run !== undefined && run.head_repository?.full_name !== repository?.full_name;
}

interface Named {
  readonly full_name?: string;
}

interface Event {
  readonly pull_request?: {
    readonly head?: { readonly repo?: Named | null };
    readonly base?: { readonly repo?: Named | null };
  };
  readonly workflow_run?: { readonly head_repository?: Named | null };
  readonly repository?: Named;
}

function eventOf(path: string | undefined): Event | undefined {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Event;
  } catch {
    return undefined;
  }
}
