import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Instant } from '@/language/time';

/** Puts a version into use, at once or from a day on. */
export default function ReleaseDialog({ id, rev, onClose }: { id: string; rev: number; onClose: () => void }) {
  const { t } = useTranslation('template');
  const fault = useFault();
  const release = queries.useMutation('post', '/api/templates/{id}/release', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ since?: Instant }>
      title={t('do.release')}
      lead={t('why.release')}
      submit={t('do.release')}
      busy={release.isPending}
      error={fault(release.error)}
      onSubmit={({ since }) => release.mutate({ params: { path: { id } }, body: { rev, ...(since && { since }) } })}
      onClose={onClose}
    >
      <Form.Item name="since" label={t('list.since')} extra={t('sinceHint')}>
        <MomentInput id="since" />
      </Form.Item>
    </FormDialog>
  );
}
