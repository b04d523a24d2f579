import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { DayBars } from './DayBars';
import { HealthOf } from './HealthOf';
import type { Reasoned } from './SayWhy';
import { share, waitingOf, type Agreement, type SeenSource, type SourceKey } from './source';
import { StateOf } from './StateOf';
import styles from './Source.module.css';

export interface SourcePageProps {
  source: SeenSource;
  me: string;
  /** What the reader's posts let him do at all. */
  keeps: boolean;
  judges: boolean;
  stops: boolean;
  sees: boolean;
  issues: boolean;
  seesQuarantine: boolean;
  busy: boolean;
  onChange: () => void;
  onApp: () => void;
  onSign: () => void;
  onApprove: () => void;
  onBegin: () => void;
  onSay: (way: Reasoned) => void;
  onIssue: (follows?: SourceKey) => void;
  onHalf: (key: SourceKey) => void;
  onEndKey: (key: SourceKey) => void;
}

/** In seconds. */
const anHour = 3600;

/** One source: what was agreed with it, by what it shows who it is, and how it is doing. */
export function SourcePage(props: SourcePageProps) {
  const { source } = props;
  const { t } = useTranslation('source');
  const text = useText();
  return (
    <Page>
      <PageHead
        title={
          <>
            {text({ zh: source.nameZh, en: source.nameEn || source.nameZh })} <StateOf state={source.state} />
          </>
        }
        lead={`${source.code} · ${source.purpose}`}
        actions={<Steps {...props} />}
      />
      <div className={styles.parts}>
        {source.why && <Notice tone="warning">{source.why === 'agreement-over' ? t('agreementOver') : source.why}</Notice>}
        {source.byHand && <Notice tone="info">{t('byHand')}</Notice>}
        <div className={styles.columns}>
          <div className={styles.parts}>
            <Health {...props} />
            <Keys {...props} />
            <Agreements {...props} />
          </div>
          <Scope {...props} />
        </div>
      </div>
    </Page>
  );
}

function Steps({ source, me, keeps, judges, stops, sees, busy, onChange, onApp, onSign, onApprove, onBegin, onSay }: SourcePageProps) {
  const { t } = useTranslation('source');
  const waits = waitingOf(source);
  const own = source.owner === me;
  const apart = !own && source.madeBy !== me && source.changedBy !== me;
  const held = source.state === 'live' || source.state === 'approved';
  if (source.byHand || source.state === 'ended') return null;
  return (
    <div className={styles.buttons}>
      {own && (
        <Button type={waits || source.active ? 'default' : 'primary'} onClick={onSign}>
          {t('agreement.sign')}
        </Button>
      )}
      {judges && waits && apart && (
        <Button type="primary" loading={busy} onClick={onApprove}>
          {t('do.approve')}
        </Button>
      )}
      {judges && waits && <Button onClick={() => onSay('return')}>{t('do.return')}</Button>}
      {keeps && (source.state === 'approved' || source.state === 'suspended') && (
        <Button type="primary" loading={busy} onClick={onBegin}>
          {t('do.begin')}
        </Button>
      )}
      {keeps && <Button onClick={onChange}>{t('change')}</Button>}
      {keeps && source.state !== 'live' && source.kinds?.includes('fhir') && <Button onClick={onApp}>{t('app.title')}</Button>}
      {sees && source.app && <LinkButton to={`/sources/${source.id}/allowed`}>{t('app.allowed')}</LinkButton>}
      {(stops || own) && held && <Button onClick={() => onSay('suspend')}>{t('do.suspend')}</Button>}
      {keeps && (
        <Button danger onClick={() => onSay('end')}>
          {t('do.end')}
        </Button>
      )}
    </div>
  );
}

function Health({ source, seesQuarantine }: SourcePageProps) {
  const { t } = useTranslation('source');
  const { health } = source;
  const figures = [
    { label: t('health.received'), value: health.received },
    { label: t('health.conform'), value: share(health.conform, health.received) },
    { label: t('health.quarantined'), value: seesQuarantine && health.quarantined > 0 ? <Link to="/imports/quarantine">{health.quarantined}</Link> : health.quarantined },
    { label: t('health.success'), value: share(health.calls, health.calls + health.refused) },
    { label: t('health.visible'), value: health.measured ? t('health.ms', { n: health.visibleLate }) : '–' },
    { label: t('health.drift'), value: health.measured ? <span className={health.adrift ? styles.amiss : undefined}>{t(Math.abs(health.drift) < anHour ? 'health.seconds' : 'health.hours', { n: Math.abs(health.drift) < anHour ? health.drift : (health.drift / anHour).toFixed(1) })}</span> : '–' },
  ];
  return (
    <Panel title={t('health.title')} extra={<HealthOf source={source} />}>
      <dl className={styles.figures}>
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {(source.days ?? []).length > 0 && <DayBars days={source.days} />}
    </Panel>
  );
}

function Scope({ source }: SourcePageProps) {
  const { t } = useTranslation('source');
  const text = useText();
  const person = usePerson(source.names);
  const called = (kind: 'kind' | 'shape', ids: string[] | null | undefined) => (ids ?? []).map((id) => t(`${kind}.${id}` as never, { defaultValue: id })).join(t('separator'));
  const mono = (all: string[] | null | undefined) => (
    <span className={styles.stack}>
      {(all ?? []).map((one) => (
        <span key={one}>{one}</span>
      ))}
    </span>
  );
  return (
    <Panel title={t('scope')}>
      <Facts
        facts={[
          { label: t('column.owner'), value: `${person(source.owner)}${source.department ? ` · ${text(source.departmentNames[source.department])}` : ''}` },
          ...(source.vendor ? [{ label: t('column.vendor'), value: source.vendor }] : []),
          { label: t('column.kinds'), value: called('kind', source.kinds) },
          { label: t('column.standard'), value: source.standard || t('unbound') },
          { label: t('column.shapes'), value: called('shape', source.shapes) },
          { label: t('field.departments'), value: (source.departments ?? []).map((id) => text(source.departmentNames[id])).join(t('separator')) || t('anyDepartment') },
          ...(source.app ? [{ label: t('app.scopes'), value: mono(source.app.scopes) }, ...((source.app.redirects ?? []).length ? [{ label: t('app.redirects'), value: mono(source.app.redirects) }] : [])] : []),
          { label: t('column.operations'), value: mono(source.operations) },
          ...((source.senders ?? []).length ? [{ label: t('field.senders'), value: mono(source.senders?.map(({ application, facility }) => (facility ? `${application}/${facility}` : application))) }] : []),
          ...(source.byHand ? [] : [{ label: t('field.networks'), value: mono(source.networks) }, { label: t('field.perMinute'), value: source.perMinute }]),
          { label: t('field.silentMinutes'), value: (source.silentMinutes ?? 0) > 0 ? source.silentMinutes : t('never') },
          ...(source.until ? [{ label: t('column.until'), value: <When at={source.until} /> }] : []),
          { label: t('madeBy'), value: person(source.madeBy) },
        ]}
      />
    </Panel>
  );
}

function Keys({ source, me, issues, onIssue, onHalf, onEndKey }: SourcePageProps) {
  const { t } = useTranslation('source');
  const person = usePerson(source.names);
  const columns: Column<SourceKey>[] = [
    { key: 'kind', title: t('keys.kind'), render: ({ kind, halves }) => `${t(`keyKind.${kind}`)}${halves ? ` · ${t('keys.halves')}` : ''}` },
    { key: 'id', title: t('keys.id'), width: '110px', render: ({ id }) => <Code value={id} ends={5} copyable /> },
    { key: 'state', title: t('column.state'), width: '100px', render: (key) => <Pill tone={key.active ? 'success' : key.waits ? 'warning' : 'neutral'}>{t(key.active ? 'keys.active' : key.waits && !key.ended ? 'keys.waits' : 'keys.over')}</Pill> },
    { key: 'until', title: t('keys.until'), width: '140px', render: ({ until, ended }) => <When at={ended ?? until} /> },
    { key: 'madeBy', title: t('keys.madeBy'), width: '130px', render: ({ madeBy, halfBy }) => [person(madeBy), person(halfBy)].filter(Boolean).join(' / ') },
    {
      key: 'do',
      title: t('column.do'),
      width: '170px',
      align: 'end',
      render: (key) =>
        issues &&
        !key.ended && (
          <span className={styles.buttons}>
            {key.waits && key.madeBy !== me && (
              <Button size="small" type="primary" onClick={() => onHalf(key)}>
                {t('keys.half')}
              </Button>
            )}
            {key.active && (
              <Button size="small" onClick={() => onIssue(key)}>
                {t('keys.rotate')}
              </Button>
            )}
            {(key.active || key.waits) && (
              <Popconfirm title={t('keys.endTitle')} okText={t('keys.end')} cancelText={t('keep')} onConfirm={() => onEndKey(key)}>
                <Button size="small" danger>
                  {t('keys.end')}
                </Button>
              </Popconfirm>
            )}
          </span>
        ),
    },
  ];
  if (source.byHand) return null;
  return (
    <Panel
      flush
      title={t('keys.title')}
      extra={
        issues &&
        source.agreement && (
          <Button size="small" onClick={() => onIssue()}>
            {t('keys.issue')}
          </Button>
        )
      }
    >
      <PlainTable label={t('keys.title')} columns={columns} rows={source.held ?? []} rowKey={({ id }) => id} empty={t('keys.none')} />
    </Panel>
  );
}

function Agreements({ source }: SourcePageProps) {
  const { t } = useTranslation('source');
  const person = usePerson(source.names);
  const columns: Column<Agreement>[] = [
    { key: 'words', title: t('agreement.words'), render: ({ words, why }) => (why ? `${words} — ${why}` : words) },
    { key: 'state', title: t('column.state'), width: '90px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'signedBy', title: t('agreement.signedBy'), width: '100px', render: ({ signedBy }) => person(signedBy) },
    { key: 'decidedBy', title: t('agreement.decidedBy'), width: '100px', render: ({ decidedBy }) => person(decidedBy) || '–' },
    { key: 'since', title: t('agreement.since'), width: '140px', render: ({ since }) => <When at={since} /> },
    { key: 'until', title: t('agreement.until'), width: '140px', render: ({ until }) => <When at={until} /> },
  ];
  if (source.byHand) return null;
  return (
    <Panel flush title={t('agreement.title')}>
      <PlainTable label={t('agreement.title')} columns={columns} rows={source.agreements ?? []} rowKey={({ id }) => id} empty={t('agreement.none')} />
    </Panel>
  );
}
