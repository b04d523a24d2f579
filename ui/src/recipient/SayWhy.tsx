import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { WordsDialog } from '@/kit/WordsDialog';

/** Steps that need a reason. */
export type Reasoned = 'return' | 'suspend' | 'end' | 'settle';

/** Asks why, and does it. */
export default function SayWhy({ id, way, onClose }: { id: string; way: Reasoned; onClose: () => void }) {
  const { t } = useTranslation('recipient');
  const fault = useFault();
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  };
  const steps = {
    return: queries.useMutation('post', '/api/recipients/{id}/return', settled),
    suspend: queries.useMutation('post', '/api/recipients/{id}/suspend', settled),
    end: queries.useMutation('post', '/api/recipients/{id}/end', settled),
    settle: queries.useMutation('post', '/api/recipients/findings/{id}/settle', settled),
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
