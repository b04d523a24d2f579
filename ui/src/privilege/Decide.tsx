import { App, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { usePerson } from './use-person';
import styles from './Privilege.module.css';

export interface Asked {
  id: string;
  of: 'session' | 'checkout';
  /** The system or the credential that is asked for. */
  what: string;
}

/** What a second person reads before he says yes or no. */
export default function Decide({ asked: { id, of, what }, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const { message } = App.useApp();
  const fault = useFault();
  const params = { params: { path: { id } } };
  const session = queries.useQuery('get', '/api/privilege/sessions/{id}', params, { enabled: of === 'session' });
  const checkout = queries.useQuery('get', '/api/privilege/checkouts/{id}', params, { enabled: of === 'checkout' });
  const settled = {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
    onError: (error: unknown) => void message.error(fault(error)),
  };
  const approveSession = queries.useMutation('post', '/api/privilege/sessions/{id}/approve', settled);
  const refuseSession = queries.useMutation('post', '/api/privilege/sessions/{id}/refuse', settled);
  const approveCheckout = queries.useMutation('post', '/api/privilege/checkouts/{id}/approve', settled);
  const refuseCheckout = queries.useMutation('post', '/api/privilege/checkouts/{id}/refuse', settled);
  const seen = of === 'session' ? session : checkout;
  const person = usePerson(seen.data?.names);
  const [approve, refuse] = of === 'session' ? [approveSession, refuseSession] : [approveCheckout, refuseCheckout];
  return (
    <Modal open onCancel={onClose} footer={null} width={480} title={t('decide.title')}>
      <div className={styles.parts}>
        <p className={styles.note}>{t(`decide.${of}`)}</p>
        {seen.error && <Notice tone="error">{fault(seen.error)}</Notice>}
        {seen.data && (
          <Facts
            facts={[
              { label: t('column.askedBy'), value: person(seen.data.askedBy) },
              { label: t('column.asked'), value: <When at={seen.data.asked} /> },
              { label: t('decide.what'), value: what },
              { label: t('minutes'), value: seen.data.minutes },
              { label: t('reason'), value: seen.data.reason },
            ]}
          />
        )}
        <div className={styles.buttons}>
          <Button type="primary" disabled={!seen.data} loading={approve.isPending} onClick={() => approve.mutate(params)}>
            {t('do.approve')}
          </Button>
          <Button disabled={!seen.data} loading={refuse.isPending} onClick={() => refuse.mutate(params)}>
            {t('do.refuse')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
