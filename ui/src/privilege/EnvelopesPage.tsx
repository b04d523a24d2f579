import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import type { Checkout, Envelope, Names } from './privilege';
import { StateOf } from './StateOf';
import { usePerson } from './use-person';
import styles from './Privilege.module.css';

export interface EnvelopesPageProps {
  envelopes: Envelope[] | undefined;
  error?: string | undefined;
  names: Names;
  checkouts: TablePage<Checkout>;
  me: string;
  /** Whether the reader fills envelopes, asks for uses, is a second person. */
  keeps: boolean;
  asks: boolean;
  seconds: boolean;
  onFill: (envelope: Envelope) => void;
  onAsk: (envelope: Envelope) => void;
  onDecide: (checkout: Checkout) => void;
  onOpen: (checkout: Checkout) => void;
  onReturn: (checkout: Checkout) => void;
  actions?: ReactNode;
}

/** Credentials of other systems, each in two halves, and every use of them. */
export function EnvelopesPage(props: EnvelopesPageProps) {
  const { envelopes, error, checkouts, actions } = props;
  const { t } = useTranslation('privilege');
  const kept = useEnvelopeColumns(props);
  const uses = useCheckoutColumns(props);
  return (
    <Page>
      <PageHead title={t('envelopes.title')} lead={t('envelopes.lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Panel flush title={t('envelopes.kept')}>
          <PlainTable label={t('envelopes.kept')} columns={kept} rows={envelopes} rowKey={({ id }) => id} empty={t('envelopes.none')} />
        </Panel>
        <DataTable name="privilege-checkouts" label={t('envelopes.uses')} columns={uses} page={checkouts} rowKey={({ id }) => id} empty={{ title: t('envelopes.noUses'), hint: t('envelopes.noUsesHint') }} />
      </div>
    </Page>
  );
}

function useEnvelopeColumns({ names, keeps, asks, onFill, onAsk }: EnvelopesPageProps): Column<Envelope>[] {
  const { t } = useTranslation('privilege');
  const person = usePerson(names);
  return [
    { key: 'name', title: t('envelopes.name'), render: ({ name }) => name },
    { key: 'account', title: t('envelopes.account'), width: '220px', render: ({ system, account }) => `${system} · ${account}` },
    { key: 'state', title: t('column.state'), width: '110px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'halves', title: t('envelopes.halves'), width: '180px', render: ({ firstBy, secondBy }) => `${person(firstBy) || '–'} / ${person(secondBy) || '–'}` },
    { key: 'rotateBy', title: t('envelopes.rotateBy'), width: '170px', render: ({ rotateBy, used }) => (rotateBy ? <Clock deadline={rotateBy} start={used ?? rotateBy} /> : '') },
    {
      key: 'do',
      title: t('column.do'),
      width: '210px',
      align: 'end',
      render: (one) => (
        <span className={styles.buttons} style={{ justifyContent: 'flex-end' }}>
          {asks && one.state === 'filled' && (
            <Button size="small" type="primary" onClick={() => onAsk(one)}>
              {t('envelopes.ask')}
            </Button>
          )}
          {keeps && (
            <Button size="small" onClick={() => onFill(one)}>
              {t(one.state === 'used' || one.state === 'overdue' ? 'envelopes.rotate' : 'envelopes.fill')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

function useCheckoutColumns(props: EnvelopesPageProps): Column<Checkout>[] {
  const { t } = useTranslation('privilege');
  const person = usePerson(props.names);
  const nameOf = (id: string) => props.envelopes?.find((one) => one.id === id)?.name ?? `…${id.slice(-4)}`;
  return [
    { key: 'asked', title: t('column.asked'), width: '150px', fixed: true, render: ({ asked }) => <When at={asked} /> },
    { key: 'envelope', title: t('envelopes.name'), fixed: true, render: ({ envelope }) => nameOf(envelope) },
    { key: 'askedBy', title: t('column.askedBy'), width: '110px', render: ({ askedBy }) => person(askedBy) },
    { key: 'approvedBy', title: t('sessions.second'), width: '110px', render: ({ approvedBy }) => person(approvedBy) },
    { key: 'state', title: t('column.state'), width: '100px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'until', title: t('envelopes.until'), width: '170px', render: ({ state, until, asked }) => (until && (state === 'approved' || state === 'running') ? <Clock deadline={until} start={asked} /> : '') },
    { key: 'do', title: t('column.do'), width: '240px', align: 'end', fixed: true, render: (one) => <Doing {...props} one={one} /> },
  ];
}

function Doing({ one, me, seconds, onDecide, onOpen, onReturn }: EnvelopesPageProps & { one: Checkout }) {
  const { t } = useTranslation('privilege');
  const live = one.state === 'approved' || one.state === 'running';
  const shown = one.askedBy === me ? one.opened : one.openedOther;
  const partner = one.askedBy === me || one.approvedBy === me;
  return (
    <span className={styles.buttons} style={{ justifyContent: 'flex-end' }}>
      {seconds && one.state === 'asked' && one.askedBy !== me && (
        <Button size="small" type="primary" onClick={() => onDecide(one)}>
          {t('do.decide')}
        </Button>
      )}
      {live && partner && !shown && (
        <Popconfirm title={t('envelopes.openTitle')} description={t('envelopes.openNote')} okText={t('envelopes.open')} cancelText={t('keep')} onConfirm={() => onOpen(one)}>
          <Button size="small" type="primary">
            {t('envelopes.open')}
          </Button>
        </Popconfirm>
      )}
      {live && partner && (
        <Button size="small" onClick={() => onReturn(one)}>
          {t('envelopes.return')}
        </Button>
      )}
    </span>
  );
}
