import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import type { SeenSource } from './source';
import styles from './Source.module.css';

interface Registered {
  redirects?: string;
  scopes: string;
  origins?: string;
  launch?: string;
}

const wordsIn = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean);

/** Registers a source as a program that reads for people, which ends its agreement. */
export default function RegisterApp({ source, onClose }: { source: SeenSource; onClose: () => void }) {
  const { t } = useTranslation('source');
  const fault = useFault();
  const register = queries.useMutation('put', '/api/sources/{id}/app', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const submit = ({ redirects, scopes, origins, launch }: Registered) =>
    register.mutate({
      params: { path: { id: source.id } },
      body: { redirects: wordsIn(redirects), scopes: wordsIn(scopes), origins: wordsIn(origins), ...(launch && { launch: launch.trim() }), rev: source.rev },
    });
  return (
    <FormDialog<Registered>
      title={t('app.title')}
      lead={t('app.lead')}
      submit={t('app.register')}
      busy={register.isPending}
      error={fault(register.error)}
      initial={{ redirects: (source.app?.redirects ?? []).join('\n'), scopes: (source.app?.scopes ?? []).join('\n'), origins: (source.app?.origins ?? []).join('\n'), launch: source.app?.launch ?? '' }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="scopes" label={t('app.scopes')} extra={t('app.scopesHint')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={4} className={styles.mono} placeholder={'launch/patient\npatient/Observation.rs'} />
      </Form.Item>
      <Form.Item name="redirects" label={t('app.redirects')} extra={t('app.redirectsHint')}>
        <Input.TextArea rows={2} className={styles.mono} placeholder="https://app.example.org/back" />
      </Form.Item>
      <Form.Item name="origins" label={t('app.origins')} extra={t('app.originsHint')}>
        <Input.TextArea rows={2} className={styles.mono} placeholder="https://app.example.org" />
      </Form.Item>
      <Form.Item name="launch" label={t('app.launch')} extra={t('app.launchHint')}>
        <Input className={styles.mono} placeholder="https://app.example.org/launch" />
      </Form.Item>
    </FormDialog>
  );
}
