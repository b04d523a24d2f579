import type { TablePage } from '@/kit/table/DataTable';
import type { Problem } from './client';

/** Tells a problem document from an error of the network or of our own. */
export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'status' in error && 'trace' in error;
}

/** What a list shows instead of rows. */
export function tableError(error: unknown): TablePage<never>['error'] {
  if (!error) return undefined;
  return isProblem(error) ? { message: error.detail, code: error.trace } : { message: '' };
}
