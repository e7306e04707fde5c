import type { Position } from '../../model/diagnostic.ts';

/** Longest time that a waiver holds, in days. */
export const MAX_WAIVER_DAYS = 90;

/** One entry of waivers.yaml. */
export interface WaiverEntry {
  /** 12 hex digits. */
  readonly fingerprint: string;
  readonly rule: string;
  /** Empty for the contract as a whole. */
  readonly path: string;
  readonly reason: string;
  readonly approvedBy: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** An entry with its place. */
export interface Waiver extends WaiverEntry {
  readonly at: Position;
  /** Absolute; it counts for contracts in this folder and below. */
  readonly folder: string;
}
