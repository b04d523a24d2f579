import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/kit/EmptyState';
import { LinkButton } from '@/kit/LinkButton';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { formatDay } from '@/language/time';
import { useText } from '@/language/text';
import type { People } from '@/staff/person';
import { stateTones, usePeriod, useScopeOf, type Consent, type Guardian, type Told } from './consent';
import styles from './Consent.module.css';

export interface PatientConsentsProps {
  records: Consent[];
  notices: Told[];
  guardians: Guardian[];
  names: People;
  onWithdraw: (consent: Consent) => void;
  actions: { given: ReactNode; notices: ReactNode; guardians: ReactNode };
}

/** What a patient agreed to, refused, took back and was told, and who decides. */
export function PatientConsents(props: PatientConsentsProps) {
  const { t } = useTranslation('consent');
  return (
    <div className={styles.parts}>
      <Notice>{t('careNote')}</Notice>
      <Given {...props} />
      <Notices {...props} />
      <Guardians {...props} />
    </div>
  );
}

function Given({ records, names, onWithdraw, actions }: PatientConsentsProps) {
  const { t } = useTranslation('consent');
  const text = useText();
  const period = usePeriod();
  const scopeOf = useScopeOf();
  const columns: Column<Consent>[] = [
    { key: 'name', title: t('column.name'), render: ({ name, version }) => `${text(name)} · ${t('versionOf', { version })}` },
    { key: 'state', title: t('column.state'), width: '100px', render: ({ state }) => <Pill tone={stateTones[state]}>{t(`state.${state}`)}</Pill> },
    { key: 'scope', title: t('column.scope'), width: '180px', render: ({ scope }) => scopeOf(scope) },
    { key: 'period', title: t('column.period'), width: '160px', render: (consent) => (consent.state === 'refused' ? '–' : period(consent)) },
    { key: 'by', title: t('column.by'), width: '140px', render: ({ relation, form }) => `${t(`relation.${relation}`)} · ${t(`form.${form}`)}` },
    { key: 'at', title: t('column.at'), width: '160px', render: ({ since, recordedBy }) => <><When at={since} as="day" /> {text(names[recordedBy])}</> },
    {
      key: 'do',
      title: t('column.do'),
      width: '150px',
      align: 'end',
      render: (consent) => (
        <span className={styles.buttons}>
          <LinkButton size="small" to={`/consents/${consent.id}`}>
            {t('view')}
          </LinkButton>
          {consent.state === 'in-force' && (
            <Button size="small" danger onClick={() => onWithdraw(consent)}>
              {t('withdraw')}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <Panel flush title={t('given')} extra={<span className={styles.buttons}>{actions.given}</span>}>
      <PlainTable label={t('given')} columns={columns} rows={records} rowKey={({ id }) => id} empty={<EmptyState title={t('noneGiven')} />} />
    </Panel>
  );
}

function Notices({ notices, names, actions }: PatientConsentsProps) {
  const { t } = useTranslation('consent');
  const text = useText();
  const columns: Column<Told>[] = [
    { key: 'name', title: t('column.name'), render: ({ name, version }) => `${text(name)} · ${t('versionOf', { version })}` },
    { key: 'told', title: t('column.told'), width: '220px', render: ({ to, form }) => `${t(`relation.${to}`)} · ${t(`form.${form}`)}` },
    { key: 'state', title: t('column.state'), width: '140px', render: ({ acknowledged }) => <Pill tone={acknowledged ? 'success' : 'warning'}>{t(acknowledged ? 'acknowledged' : 'notAcknowledged')}</Pill> },
    { key: 'at', title: t('column.at'), width: '240px', render: ({ at, by }) => <><When at={at} /> {text(names[by])}</> },
  ];
  return (
    <Panel flush title={t('notices')} extra={actions.notices}>
      <PlainTable label={t('notices')} columns={columns} rows={notices} rowKey={({ id }) => id} empty={t('noNotices')} />
    </Panel>
  );
}

function Guardians({ guardians, actions }: PatientConsentsProps) {
  const { t } = useTranslation('consent');
  const columns: Column<Guardian>[] = [
    { key: 'kind', title: t('column.kind'), render: ({ kind }) => t(`guardianKind.${kind}`) },
    { key: 'state', title: t('column.state'), width: '140px', render: ({ live }) => <Pill tone={live ? 'success' : 'neutral'}>{t(live ? 'guardianLive' : 'guardianOver')}</Pill> },
    { key: 'period', title: t('column.period'), width: '240px', render: ({ since, until }) => `${formatDay(since)} – ${formatDay(until)}` },
  ];
  return (
    <Panel flush title={t('guardians')} extra={actions.guardians}>
      <PlainTable label={t('guardians')} columns={columns} rows={guardians} rowKey={({ id }) => id} empty={t('noGuardians')} />
    </Panel>
  );
}
