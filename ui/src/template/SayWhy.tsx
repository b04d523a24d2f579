import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { WordsDialog } from '@/kit/WordsDialog';

/** Steps that need a reason. */
export type Reasoned = 'return' | 'retire';

/** Asks why, and does it. */
export default function SayWhy({ id, rev, way, onClose }: { id: string; rev: number; way: Reasoned; onClose: () => void }) {
  const { t } = useTranslation('template');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const steps = {
    return: queries.useMutation('post', '/api/templates/{id}/return', settled),
    retire: queries.useMutation('post', '/api/templates/{id}/retire', settled),
  };
  const step = steps[way];
  return (
    <WordsDialog
      title={t(`do.${way}`)}
      lead={t(`why.${way}`)}
      label={t('reason')}
      required={t('required')}
      danger={way === 'retire'}
      busy={step.isPending}
      error={fault(step.error)}
      onSubmit={({ words }) => step.mutate({ params: { path: { id } }, body: { rev, words } })}
      onClose={onClose}
    />
  );
}
