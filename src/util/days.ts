const DAY = 86_400_000;

/** Days from one day to another, both `YYYY-MM-DD`; negative where the second is earlier. Days are those of UTC, which all have 24 hours. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The day so many days behind another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function printDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
