import type { VerifyOptions } from '../engine/verify.ts';
import type { GateProfile } from '../model/profile.ts';
import type { Variables } from '../project/secret.ts';

/** What is compared, and how strictly. */
export interface GateOptions {
  /** `diff` shows every change as it is; `breaking` decides, and asks waivers and, if wanted, the live rows. */
  readonly command: 'diff' | 'breaking';
  readonly cwd: string;
  readonly variables: Variables;
  readonly environment?: string;
  /** Contract files, folders or ids; empty: the whole project. */
  readonly paths: readonly string[];
  /** The old side; absent: the merge base with the default branch. */
  readonly before?: string;
  /** The new side; absent: `paths` in the working tree. */
  readonly after?: string;
  /** A git ref that `paths` are read from, instead of the working tree. */
  readonly ref?: string;
  readonly profile?: GateProfile;
  /** Readers that are not registered count even where the contract says that there are none. */
  readonly strict?: boolean;
  /** `YYYY-MM-DD`; absent: today in UTC. */
  readonly asOf?: string;
  /** No connection is made, and policy and waivers are those of the old side. */
  readonly untrusted?: boolean;
  /** Asks the rows there are now whether they keep what is promised anew. */
  readonly live?: Pick<VerifyOptions, 'now' | 'timeout' | 'samples' | 'maskKey' | 'signal'> & {
    /** What cannot be measured is an error. */
    readonly isRequired?: boolean;
  };
}

/** How one side is read. */
export interface SideOptions {
  readonly cwd: string;
  readonly variables: Variables;
  readonly environment?: string;
  /** The past is taken as it was: rules that it breaks today are no problem of it. */
  readonly isPast: boolean;
}
