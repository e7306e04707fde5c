/** Whether two names of time zones mean the same: UTC and Etc/UTC do. */
export function sameZone(left: string | undefined, right: string | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && canonical(left) === canonical(right));
}

function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}
