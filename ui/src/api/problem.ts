import type { TablePage } from '@/kit/table/DataTable';
import type { Problem } from './client';

/** Tells a problem document from an error of the network or of our own. */
export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'status' in error && 'trace' in error;
}

const refused = 403;

/** What a list shows instead of rows. */
export function tableError(error: unknown): TablePage<never>['error'] {
  if (!error) return undefined;
  return isProblem(error) ? { message: error.detail, code: error.trace, refused: error.status === refused } : { message: '' };
}

const unauthenticated = 401;
const ofTheServer = 500;

/** Whether the same question may be answered once the session or the server is back. */
function passes(error: unknown): boolean {
  return !isProblem(error) || error.status === unauthenticated || error.status >= ofTheServer;
}

/** Why there is nothing to show. What was read before stays in sight while only the connection or the session is gone. */
export function failureOf({ data, error }: { data: unknown; error: unknown }): unknown {
  return error && !(data !== undefined && passes(error)) ? error : undefined;
}
