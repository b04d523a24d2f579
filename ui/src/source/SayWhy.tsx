import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { WordsDialog } from '@/kit/WordsDialog';

/** Steps that need a reason. */
export type Reasoned = 'return' | 'suspend' | 'end';

/** Asks why a source is stopped, or its agreement given back, and does it. */
export default function SayWhy({ id, way, onClose }: { id: string; way: Reasoned; onClose: () => void }) {
  const { t } = useTranslation('source');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const steps = {
    return: queries.useMutation('post', '/api/sources/{id}/return', settled),
    suspend: queries.useMutation('post', '/api/sources/{id}/suspend', settled),
    end: queries.useMutation('post', '/api/sources/{id}/end', settled),
  };
  const step = steps[way];
  return (
    <WordsDialog
      title={t(`do.${way}`)}
      lead={t(`why.${way}`)}
      label={t('reason')}
      required={t('required')}
      danger={way === 'end'}
      busy={step.isPending}
      error={fault(step.error)}
      onSubmit={(body) => step.mutate({ params: { path: { id } }, body })}
      onClose={onClose}
    />
  );
}
