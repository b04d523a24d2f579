import { Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { settleSecond, type SecondWanted } from '@/api/second';
import { Waiting } from '@/app/Waiting';
import { Clock } from '@/kit/Clock';
import { Notice } from '@/kit/Notice';
import { useAct } from './important';
import styles from './Privilege.module.css';

const looksAgain = 2000;

/** Calls a second person to an important operation and waits until one has confirmed it. */
export default function SecondRoute({ wanted: { verb, kind, object, said, minutes } }: { wanted: SecondWanted }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const act = useAct();
  const call = queries.useMutation('post', '/api/second-calls');
  const { mutate } = call;
  useEffect(() => mutate({ body: { verb, kind, object, said } }), [mutate, verb, kind, object, said]);
  const id = call.data?.id ?? '';
  const seen = queries.useQuery('get', '/api/second-calls/{id}', { params: { path: { id } } }, { enabled: id !== '', refetchInterval: looksAgain });
  const confirmed = seen.data?.state === 'confirmed';
  useEffect(() => {
    if (confirmed) settleSecond(true);
  }, [confirmed]);
  const error = fault(call.error ?? seen.error);
  return (
    <Modal open onCancel={() => settleSecond(false)} footer={null} width={460} title={t('important.wanted')} zIndex={2000}>
      <div className={styles.parts}>
        <p>{t('important.wantedLead', { act: act(verb), minutes })}</p>
        {error && <Notice tone="error">{error}</Notice>}
        {call.data ? <Clock deadline={call.data.expires} start={call.data.asked} /> : !error && <Waiting />}
      </div>
    </Modal>
  );
}
