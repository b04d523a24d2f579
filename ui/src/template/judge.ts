import type { Filled } from '@/form/filled';
import { Form } from '@/kit/form/check';
import type { Finding } from '@/kit/form/definition';
import type { Content } from './template';

/** What the form holds against answers; nothing while it cannot be read. */
export function judge({ definition }: Content, filled: Filled, facts: Record<string, unknown>): Finding[] {
  try {
    return new Form(definition).check({ ...filled, facts }).findings;
  } catch {
    return [];
  }
}
