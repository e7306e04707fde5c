import { FULL_HASH } from './refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/**
 * Where GitLab says that a merge request begins, if that lies behind `head`. Its runners fetch the merge request alone, so the target branch
 * may be missing, or left over from another job. A pipeline of merged results is built on the target branch's own commit;
 * CI_MERGE_REQUEST_DIFF_BASE_SHA is older than that and would blame the merge request for what others merged, so it is left aside there.
 */
export async function mergeRequestBase(
  repository: Repository,
  head: string,
): Promise<{ readonly commit: string; readonly tip?: string } | undefined> {
  const { given } = repository;
  const target = given['CI_MERGE_REQUEST_TARGET_BRANCH_SHA'];
  const isMerged = /^merge/.test(given['CI_MERGE_REQUEST_EVENT_TYPE'] ?? '');
  const commit = target || (isMerged ? undefined : given['CI_MERGE_REQUEST_DIFF_BASE_SHA']);
  if (!commit || !FULL_HASH.test(commit) || !(await isAncestor(repository, commit, head))) return undefined;
  return { commit, ...(target && { tip: target }) };
}

/** Both are full hashes; false too where one of them is not in this clone. */
export async function isAncestor(repository: Repository, commit: string, of: string): Promise<boolean> {
  const end = await runGit(repository, ['merge-base', '--is-ancestor', commit, of]);
  return end.how === 'ended' && end.code === 0;
}
