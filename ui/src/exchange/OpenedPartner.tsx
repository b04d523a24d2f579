import { App, Button, Drawer, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { standing, type Partner } from './exchange';
import styles from './Exchange.module.css';
import { StateOf } from './StateOf';

interface OpenedPartnerProps {
  partner: Partner;
  names: Record<string, Schemas['StaffName']> | undefined;
  onClose: () => void;
}

/** One partner: its keys, and the comparing by which somebody else lets the exchange begin. */
export default function OpenedPartner({ partner, names, onClose }: OpenedPartnerProps) {
  const { t } = useTranslation('exchange');
  const { t: k } = useTranslation('kit');
  const { person: me, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const person = usePerson(names);
  const [comparing, setComparing] = useState(false);
  const { id, card, state, madeBy, approvedBy, approved, made, until } = partner;
  const end = queries.useMutation('post', '/api/exchange/partners/{id}/end', { onSuccess: () => cache.invalidateQueries(), onError: (error) => void message.error(fault(error)) });
  const waits = state === 'draft' && may(roles, 'approvePartners');
  return (
    <Drawer
      open
      size="large"
      title={card.name}
      onClose={onClose}
      extra={
        <div className={styles.buttons}>
          {state !== 'ended' && may(roles, 'endPartners') && (
            <Popconfirm title={t('end.title')} description={t('end.note')} okText={t('end.do')} cancelText={k('cancel')} onConfirm={() => end.mutate({ params: { path: { id } } })}>
              <Button danger loading={end.isPending}>
                {t('end.do')}
              </Button>
            </Popconfirm>
          )}
          {waits && madeBy !== me && (
            <Button type="primary" onClick={() => setComparing(true)}>
              {t('compare.title')}
            </Button>
          )}
        </div>
      }
    >
      <div className={styles.parts}>
        {waits && <Notice tone="warning">{t(madeBy === me ? 'compare.another' : 'compare.waits')}</Notice>}
        <Facts
          facts={[
            { label: t('column.state'), value: <StateOf state={standing(partner)} /> },
            { label: t('column.org'), value: card.org },
            { label: t('column.ways'), value: [partner.recipient && t('sends'), partner.source && t('receives')].filter(Boolean).join(t('separator')) },
            { label: t('column.onwards'), value: t(partner.onwards ? 'onwards.yes' : 'onwards.no') },
            { label: t('card.signer'), value: <Code value={card.signer} ends={12} copyable /> },
            { label: t('card.opener'), value: <Code value={card.opener} ends={12} copyable /> },
            { label: t('column.madeBy'), value: <>{person(madeBy)} <When at={made} /></> },
            ...(approved ? [{ label: t('column.approvedBy'), value: <>{person(approvedBy)} <When at={approved} /></> }] : []),
            { label: t('column.until'), value: <When at={until} /> },
          ]}
        />
      </div>
      {comparing && <Compare id={id} onClose={() => setComparing(false)} />}
    </Drawer>
  );
}

function Compare({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('exchange');
  const fault = useFault();
  const approve = queries.useMutation('post', '/api/exchange/partners/{id}/approve', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog<{ fingerprint: string }>
      title={t('compare.title')}
      lead={t('compare.lead')}
      submit={t('compare.submit')}
      busy={approve.isPending}
      error={fault(approve.error)}
      onSubmit={(body) => approve.mutate({ params: { path: { id } }, body })}
      onClose={onClose}
    >
      <Form.Item name="fingerprint" label={t('compare.fingerprint')} rules={[{ required: true, message: t('required') }]}>
        <Input className={styles.fingerprint} autoComplete="off" spellCheck={false} maxLength={100} />
      </Form.Item>
    </FormDialog>
  );
}
