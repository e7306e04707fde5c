import { readFileSync } from 'node:fs';
import type { Variables } from '../../project/secret.ts';

/**
 * Whether CI runs this for somebody who may not write to the repository: a pull request from a fork (GitHub: `pull_request.head.repo` of the
 * event is another repository; GitLab: the source project is another one).
 */
export function isFromFork(variables: Variables): boolean {
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_PROJECT_ID: target } = variables;
  if (source && target) return source !== target;
  if (!/^pull_request(?:_target)?$/.test(variables['GITHUB_EVENT_NAME'] ?? '')) return false;
  const event = pullRequestOf(variables['GITHUB_EVENT_PATH']);
  const [head, base] = [event?.head?.repo?.full_name, event?.base?.repo?.full_name];
  // The fork may be gone, and an event that cannot be read proves nothing.
  return head === undefined || head !== base;
}

interface PullRequest {
  readonly head?: { readonly repo?: { readonly full_name?: string } | null };
  readonly base?: { readonly repo?: { readonly full_name?: string } | null };
}

function pullRequestOf(path: string | undefined): PullRequest | undefined {
  if (path === undefined) return undefined;
  try {
    const event = JSON.parse(readFileSync(path, 'utf8')) as { pull_request?: PullRequest };
    return event.pull_request;
  } catch {
    return undefined;
  }
}
