const offered = 12;

/** A month such as 2026-11 and those before it, the newest first. */
export function monthsBack(newest: string, now = new Date()): string[] {
  const latest = [newest, monthOf(now)].sort().at(-1) ?? newest;
  const [year = 0, month = 1] = latest.split('-').map(Number);
  return Array.from({ length: offered }, (_, back) => {
    const index = year * 12 + month - 1 - back;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

const chinaTime = 8 * 3_600_000;

/** The month of China time that a moment lies in. */
export function monthOf(at: Date): string {
  return new Date(at.getTime() + chinaTime).toISOString().slice(0, 7);
}
