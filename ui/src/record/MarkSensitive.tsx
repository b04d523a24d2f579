import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { WordsDialog } from '@/kit/WordsDialog';
import type { SensitiveKind } from './sensitive';
import { SensitiveChoice } from './SensitiveChoice';

interface MarkProps {
  document: string;
  onClose: () => void;
}

const done = (close: () => void) => ({
  onSuccess: async () => {
    close();
    await cache.invalidateQueries();
  },
});

/** Marks a document as telling of a sensitive history. */
export function MarkSensitive({ document, onClose }: MarkProps) {
  const { t } = useTranslation('record');
  const fault = useFault();
  const mark = queries.useMutation('post', '/api/documents/{id}/sensitive', done(onClose));
  return (
    <FormDialog<{ kinds: SensitiveKind[] }>
      title={t('sensitive.mark')}
      lead={t('sensitive.markLead')}
      submit={t('sensitive.mark')}
      busy={mark.isPending}
      error={fault(mark.error)}
      onSubmit={(body) => mark.mutate({ params: { path: { id: document } }, body })}
      onClose={onClose}
    >
      <Form.Item name="kinds" label={t('sensitive.kinds')} rules={[{ required: true, message: t('sensitive.choose') }]}>
        <SensitiveChoice />
      </Form.Item>
    </FormDialog>
  );
}

/** Lifts the mark, with words. */
export function LiftSensitive({ document, onClose }: MarkProps) {
  const { t } = useTranslation('record');
  const fault = useFault();
  const lift = queries.useMutation('post', '/api/documents/{id}/sensitive/lift', done(onClose));
  return (
    <WordsDialog
      title={t('sensitive.lift')}
      lead={t('sensitive.liftLead')}
      label={t('sensitive.why')}
      required={t('sensitive.whyMissing')}
      danger={false}
      busy={lift.isPending}
      error={fault(lift.error)}
      onSubmit={(body) => lift.mutate({ params: { path: { id: document } }, body })}
      onClose={onClose}
    />
  );
}
