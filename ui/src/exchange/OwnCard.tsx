import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { pasteable, readOut, type OwnCard as Own } from './exchange';
import styles from './Exchange.module.css';

const none = 'exchange.no-keys';

/** The card of this house, to be given to another, and its fingerprint, to be read out. */
export default function OwnCard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('exchange');
  const { roles } = useSession();
  const fault = useFault();
  const [making, setMaking] = useState(false);
  const card = queries.useQuery('get', '/api/exchange/card', {});
  const makes = may(roles, 'makeExchangeKeys');
  if (making) return <MakeKeys name={card.data?.name} onClose={() => setMaking(false)} />;
  return (
    <Modal open onCancel={onClose} width={640} title={t('card.own')} footer={makes && <Button onClick={() => setMaking(true)}>{t('keys.make')}</Button>}>
      {card.isPending && <Waiting />}
      {card.error && <Notice tone={isProblem(card.error) && card.error.code === none ? 'info' : 'error'}>{fault(card.error)}</Notice>}
      {card.data && <Shown card={card.data} />}
    </Modal>
  );
}

function Shown({ card }: { card: Own }) {
  const { t } = useTranslation('exchange');
  return (
    <div className={styles.parts}>
      <p className={styles.note}>{t('card.lead')}</p>
      <pre className={styles.card} tabIndex={0} aria-label={t('card.own')}>
        {pasteable(card)}
      </pre>
      <div>
        <strong>{t('card.fingerprint')}</strong>
        <div className={styles.fingerprint}>{readOut(card.fingerprint)}</div>
        <Code value={card.fingerprint} ends={8} copyable />
      </div>
      <Notice>{t('card.fingerprintNote')}</Notice>
    </div>
  );
}

function MakeKeys({ name, onClose }: { name: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('exchange');
  const fault = useFault();
  const make = queries.useMutation('post', '/api/exchange/keys', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ name: string }> title={t('keys.make')} lead={t('keys.lead')} submit={t('keys.make')} busy={make.isPending} error={fault(make.error)} initial={name ? { name } : {}} onSubmit={(body) => make.mutate({ body })} onClose={onClose}>
      <Form.Item name="name" label={t('keys.name')} rules={[{ required: true, message: t('required') }]}>
        <Input maxLength={80} />
      </Form.Item>
    </FormDialog>
  );
}
