import { Drawer, Form, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Waiting } from '@/app/Waiting';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { DigestField } from '@/kit/DigestField';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { sizeOf, type OpenedSending as Opened, type Receipt } from './recipient';
import { StateOf } from './StateOf';
import styles from './Recipient.module.css';

/** One sending: what it held, and what came back. */
export default function OpenedSending({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('recipient');
  const { person: me, roles } = useSession();
  const sending = queries.useQuery('get', '/api/transmissions/{id}', { params: { path: { id } } });
  const [receiving, setReceiving] = useState(false);
  const mayReceive = sending.data && (sending.data.sender === me || may(roles, 'receiveSendings'));
  return (
    <Drawer open size="large" title={t('sendings.one')} onClose={onClose} extra={mayReceive && <Button onClick={() => setReceiving(true)}>{t('receipt.add')}</Button>}>
      {sending.data ? <Shown sending={sending.data} /> : <Waiting />}
      {receiving && <TakeReceipt id={id} onClose={() => setReceiving(false)} />}
    </Drawer>
  );
}

function Shown({ sending }: { sending: Opened }) {
  const { t } = useTranslation('recipient');
  const person = usePerson(sending.names);
  const receipts: Column<Receipt>[] = [
    { key: 'at', title: t('column.at'), width: '150px', render: ({ at }) => <When at={at} /> },
    { key: 'outcome', title: t('column.arrival'), width: '120px', render: ({ outcome }) => <StateOf state={outcome} /> },
    { key: 'digest', title: t('digest'), render: ({ digest }) => (digest ? <Code value={digest} ends={8} copyable /> : '–') },
    { key: 'by', title: t('column.by'), width: '110px', render: ({ by }) => person(by) || t(`machine.${by}` as never, { defaultValue: by }) },
  ];
  const held: Column<Opened['held'][number]>[] = [
    { key: 'kind', title: t('column.what'), width: '110px', render: ({ kind }) => t(`item.${kind}` as never, { defaultValue: kind }) },
    { key: 'id', title: t('column.id'), render: ({ id, version }) => <Code value={version ? `${id} · ${version}` : id} /> },
    { key: 'patient', title: t('patient'), width: '130px', render: ({ patient }) => (patient ? <Code value={patient} ends={5} /> : '–') },
  ];
  return (
    <div className={styles.parts}>
      <Facts
        facts={[
          { label: t('column.to'), value: sending.to || t(`party.${sending.party}`) },
          { label: t('column.sequence'), value: sending.sequence },
          { label: t('column.sent'), value: <When at={sending.sent} as="second" /> },
          { label: t('column.sender'), value: person(sending.sender) || t(`machine.${sending.sender}` as never, { defaultValue: sending.sender }) },
          { label: t('column.channel'), value: sending.channel },
          { label: t('field.basis'), value: sending.basis },
          { label: t('column.bytes'), value: sizeOf(sending.bytes) },
          { label: t('digest'), value: <Code value={sending.digest} ends={12} copyable /> },
          ...(sending.receiptBy ? [{ label: t('receipt.by'), value: <When at={sending.receiptBy} /> }] : []),
        ]}
      />
      <Panel flush title={t('receipt.title')}>
        <PlainTable label={t('receipt.title')} columns={receipts} rows={sending.receipts} rowKey={({ number }) => String(number)} empty={t('receipt.none')} />
      </Panel>
      <Panel flush title={t('sendings.held', { n: sending.count })}>
        <PlainTable label={t('sendings.held', { n: sending.count })} columns={held} rows={sending.held} rowKey={({ id, version }) => `${id}/${version ?? 0}`} empty={t(sending.erased ? 'sendings.erased' : 'sendings.none')} />
      </Panel>
    </div>
  );
}

function TakeReceipt({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('recipient');
  const fault = useFault();
  const take = queries.useMutation('post', '/api/transmissions/{id}/receipts', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ digest: string; evidence?: string }>
      title={t('receipt.add')}
      lead={t('receipt.lead')}
      submit={t('receipt.add')}
      busy={take.isPending}
      error={fault(take.error)}
      onSubmit={(body) => take.mutate({ params: { path: { id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="digest" label={t('receipt.digest')} rules={[{ required: true, message: t('required') }]}>
        <DigestField label={t('receipt.digest')} />
      </Form.Item>
      <Form.Item name="evidence" label={t('receipt.evidence')}>
        <DigestField label={t('receipt.evidence')} />
      </Form.Item>
    </FormDialog>
  );
}
