import { useTranslation } from 'react-i18next';
import type { Fact } from '@/kit/Facts';
import type { FeedRun } from './feed';

/** The counts of a run, with what changed by field. */
export function useTallyFacts(tally: FeedRun['tally'], called: (field: string) => string | undefined): Fact[] {
  const { t } = useTranslation('feed');
  const counts = (['rows', 'fresh', 'changed', 'unchanged', 'refused', 'gone'] as const).map((key) => ({ label: t(`tally.${key}`), value: tally[key] }));
  const fields = Object.entries(tally.fields).map(([field, n]) => ({ label: t('tally.field', { field: called(field) ?? field }), value: n }));
  return [...counts, ...fields];
}
