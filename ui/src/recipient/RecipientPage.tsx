import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { arrivalOf, sizeOf, type SeenRecipient, type Sending, type Writing } from './recipient';
import type { Reasoned } from './SayWhy';
import { StateOf } from './StateOf';
import styles from './Recipient.module.css';

export interface RecipientPageProps {
  recipient: SeenRecipient;
  me: string;
  /** What the reader's posts let him do at all. */
  keeps: boolean;
  judges: boolean;
  stops: boolean;
  busy: boolean;
  onChange: () => void;
  onApprove: () => void;
  onBegin: () => void;
  onSecret: () => void;
  onSay: (way: Reasoned) => void;
}

/** One recipient: what may go there, until when, and what went. */
export function RecipientPage(props: RecipientPageProps) {
  const { recipient } = props;
  const { t } = useTranslation('recipient');
  const text = useText();
  return (
    <Page>
      <PageHead
        title={
          <>
            {text({ zh: recipient.nameZh, en: recipient.nameEn || recipient.nameZh })} <StateOf state={recipient.state} />
          </>
        }
        lead={`${recipient.code} · ${recipient.purpose}`}
        actions={<Steps {...props} />}
      />
      <div className={styles.parts}>
        {recipient.why && <Notice tone="warning">{recipient.why === 'time-over' ? t('timeOver') : recipient.why}</Notice>}
        {recipient.wanted && recipient.state !== 'draft' && <Notice tone="info">{t('changeWaitsLead')}</Notice>}
        {recipient.kind === 'webhook' && !recipient.secret && recipient.state === 'live' && <Notice tone="warning">{t('secret.none')}</Notice>}
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Sendings {...props} />
            {recipient.wanted && recipient.state !== 'draft' && (
              <Panel title={t('wanted')}>
                <Scope of={recipient.wanted} {...props} />
              </Panel>
            )}
          </div>
          <Panel title={t(recipient.state === 'draft' ? 'drafted' : 'scope')}>
            <Scope of={recipient} {...props} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function Steps({ recipient, me, keeps, judges, stops, busy, onChange, onApprove, onBegin, onSecret, onSay }: RecipientPageProps) {
  const { t } = useTranslation('recipient');
  if (recipient.state === 'ended') return null;
  const own = recipient.owner === me;
  const apart = recipient.wantedBy !== me && (recipient.wanted?.owner ?? recipient.owner) !== me;
  return (
    <div className={styles.buttons}>
      {judges && recipient.wanted && apart && (
        <Button type="primary" loading={busy} onClick={onApprove}>
          {t('do.approve')}
        </Button>
      )}
      {judges && recipient.wanted && <Button onClick={() => onSay('return')}>{t('do.return')}</Button>}
      {keeps && recipient.state === 'suspended' && (
        <Button type="primary" loading={busy} onClick={onBegin}>
          {t('do.begin')}
        </Button>
      )}
      {(keeps || own) && <Button onClick={onChange}>{t('change')}</Button>}
      {keeps && recipient.kind === 'webhook' && <Button onClick={onSecret}>{t('secret.issue')}</Button>}
      {(stops || own) && recipient.state === 'live' && <Button onClick={() => onSay('suspend')}>{t('do.suspend')}</Button>}
      {keeps && (
        <Button danger onClick={() => onSay('end')}>
          {t('do.end')}
        </Button>
      )}
    </div>
  );
}

function Scope({ of, recipient }: RecipientPageProps & { of: Writing }) {
  const { t } = useTranslation('recipient');
  const person = usePerson(recipient.names);
  const mono = (value: string) => <span className={styles.mono}>{value}</span>;
  const same = of === recipient;
  return (
    <Facts
      facts={[
        { label: t('column.kind'), value: t(`kind.${of.kind}` as never, { defaultValue: of.kind }) },
        { label: t('column.shapes'), value: (of.shapes ?? []).map((id) => t(`shape.${id}` as never, { defaultValue: id })).join(t('separator')) },
        ...((of.fields ?? []).length ? [{ label: t('field.fields'), value: (of.fields ?? []).join(t('separator')) }] : []),
        { label: t('field.basis'), value: of.basis },
        { label: t('field.verified'), value: of.verified },
        { label: t('column.owner'), value: person(of.owner) },
        ...(of.address ? [{ label: t('field.address'), value: mono(of.address) }] : []),
        ...((of.seen ?? []).length ? [{ label: t('field.seen'), value: mono((of.seen ?? []).join(' ')) }] : []),
        ...(of.account ? [{ label: t('field.account'), value: of.account }] : []),
        { label: t('field.hours'), value: (of.hours ?? 0) > 0 ? of.hours : t('noReceipt') },
        { label: t('field.since'), value: <When at={of.since} /> },
        { label: t('column.until'), value: <When at={of.until} /> },
        ...(same && recipient.fingerprint ? [{ label: t('fingerprint'), value: <Code value={recipient.fingerprint} ends={8} copyable /> }] : []),
        ...(same ? [{ label: t('madeBy'), value: person(recipient.madeBy) }] : [{ label: t('wantedBy'), value: person(recipient.wantedBy) }]),
        ...(same && recipient.approvedBy ? [{ label: t('approvedBy'), value: person(recipient.approvedBy) }] : []),
      ]}
    />
  );
}

function Sendings({ recipient }: RecipientPageProps) {
  const { t } = useTranslation('recipient');
  const person = usePerson(recipient.names);
  const columns: Column<Sending>[] = [
    { key: 'sequence', title: t('column.sequence'), width: '70px', align: 'end', render: ({ sequence }) => sequence },
    { key: 'sent', title: t('column.sent'), width: '140px', render: ({ sent }) => <When at={sent} /> },
    { key: 'shape', title: t('column.shape'), render: ({ shape, channel }) => [t(`shape.${shape}` as never, { defaultValue: shape }), channel].join(' · ') },
    { key: 'count', title: t('column.count'), width: '70px', align: 'end', render: ({ count }) => count },
    { key: 'bytes', title: t('column.bytes'), width: '90px', align: 'end', render: ({ bytes }) => sizeOf(bytes) },
    { key: 'sender', title: t('column.sender'), width: '110px', render: ({ sender }) => person(sender) || t(`machine.${sender}` as never, { defaultValue: sender }) },
    { key: 'arrival', title: t('column.arrival'), width: '110px', render: (one) => <StateOf state={arrivalOf(one)} /> },
  ];
  return (
    <Panel flush title={t('sendings.newest')} extra={t('volume', { times: recipient.times, size: sizeOf(recipient.bytes) })}>
      <PlainTable label={t('sendings.newest')} columns={columns} rows={recipient.sendings} rowKey={({ id }) => id} empty={t('sendings.none')} />
    </Panel>
  );
}
