import { isProblem } from '@/api/problem';

/** What the server found wrong with each field, by its name. */
export type Faults = Record<string, string>;

export function faultsOf(error: unknown): Faults {
  if (!isProblem(error)) return {};
  return Object.fromEntries((error.fields ?? []).map(({ path, problem }) => [path.replace(/^body\./, ''), problem]));
}

/** A form item that shows what is wrong with it. */
export const shownFault = (fault: string | undefined) => (fault ? { validateStatus: 'error' as const, help: fault } : {});
