import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { EmptyState } from '@/kit/EmptyState';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useRow, useText, type Text } from '@/language/text';
import { usePurposeName, type Basis, type Exemption, type Template } from './consent';
import styles from './Consent.module.css';

export interface ConsentsPageProps {
  forms: Template[] | undefined;
  publishes: boolean;
  onNextVersion: (form: Template) => void;
  /** Absent for those who do not watch over them. */
  exemptions?: { rows: Exemption[] | undefined; counts: Record<string, number>; bases: Basis[]; people: Record<string, Text>; patientName: (id: string) => string; onEnd?: (exemption: Exemption) => void; action?: ReactNode };
  /** What needs written consent, and what still waits for it. */
  sensitive?: ReactNode;
  error?: string | undefined;
  actions?: ReactNode;
}

/** The forms that patients are asked with, and what goes on by law without asking. */
export function ConsentsPage(props: ConsentsPageProps) {
  const { error, actions, exemptions, sensitive } = props;
  const { t } = useTranslation('consent');
  return (
    <Page>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        <Forms {...props} />
        {sensitive}
        {exemptions && <Exemptions {...exemptions} />}
      </div>
    </Page>
  );
}

function Forms({ forms, publishes, onNextVersion }: ConsentsPageProps) {
  const { t } = useTranslation('consent');
  const text = useText();
  const row = useRow();
  const purposeName = usePurposeName();
  const columns: Column<Template>[] = [
    { key: 'name', title: t('column.name'), render: ({ id, name }) => <Link to={`/consents/forms/${id}`}>{text(name)}</Link> },
    { key: 'kind', title: t('column.kind'), width: '110px', render: ({ kind }) => <Pill tone={kind === 'consent' ? 'info' : 'neutral'}>{t(`kind.${kind}`)}</Pill> },
    { key: 'version', title: t('column.version'), width: '110px', render: ({ version }) => t('versionOf', { version }) },
    { key: 'purposes', title: t('column.purposes'), width: '240px', render: ({ scope }) => row((scope.purposes ?? []).map(purposeName)) || '–' },
    { key: 'made', title: t('column.made'), width: '160px', render: ({ made }) => <When at={made} /> },
    {
      key: 'do',
      title: publishes ? t('column.do') : '',
      width: '130px',
      align: 'end',
      render: (form) =>
        publishes && (
          <Button size="small" onClick={() => onNextVersion(form)}>
            {t('nextVersion')}
          </Button>
        ),
    },
  ];
  return (
    <Panel flush title={t('forms')} extra={<span className={styles.muted}>{t('formsNote')}</span>}>
      <PlainTable label={t('forms')} columns={columns} rows={forms} rowKey={({ id }) => id} empty={<EmptyState title={t('noForms')} />} />
    </Panel>
  );
}

function Exemptions({ rows, counts, bases, people, patientName, onEnd, action }: NonNullable<ConsentsPageProps['exemptions']>) {
  const { t } = useTranslation('consent');
  const text = useText();
  const purposeName = usePurposeName();
  const basisName = (basis: string) => text(bases.find(({ id }) => id === basis)?.name) || basis;
  const columns: Column<Exemption>[] = [
    { key: 'basis', title: t('exemption.basis'), render: ({ basis, article }) => `${basisName(basis)} · ${article}` },
    { key: 'purpose', title: t('exemption.purpose'), width: '150px', render: ({ purpose, recipient }) => [purposeName(purpose), recipient].filter(Boolean).join(' · ') },
    { key: 'whom', title: t('exemption.whom'), width: '170px', render: ({ patient }) => (patient ? patientName(patient) : t('exemption.everybody')) },
    { key: 'requester', title: t('exemption.requester'), width: '100px', render: ({ requester }) => text(people[requester]) },
    { key: 'approved', title: t('exemption.approved'), width: '100px', render: ({ approvedBy }) => text(people[approvedBy]) },
    { key: 'until', title: t('exemption.until'), width: '180px', render: ({ until, ended }) => (ended ? <Pill>{t('exemption.ended')}</Pill> : <Clock deadline={until} />) },
    {
      key: 'do',
      title: onEnd ? t('column.do') : '',
      width: '90px',
      align: 'end',
      render: (one) =>
        onEnd &&
        !one.ended && (
          <Popconfirm title={t('exemption.endTitle')} description={t('exemption.endNote')} okText={t('exemption.end')} cancelText={t('keep')} onConfirm={() => onEnd(one)}>
            <Button size="small">{t('exemption.end')}</Button>
          </Popconfirm>
        ),
    },
  ];
  return (
    <Panel
      flush
      title={t('exemptions')}
      extra={
        <span className={styles.buttons}>
          <span className={styles.muted}>{t('exemptionsNote')}</span>
          {action}
        </span>
      }
    >
      {Object.keys(counts).length > 0 && (
        <div className={styles.counts}>
          {Object.entries(counts).map(([basis, count]) => (
            <Pill key={basis} tone="warning">
              {t('counted', { name: basisName(basis), count })}
            </Pill>
          ))}
        </div>
      )}
      <PlainTable label={t('exemptions')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('noExemptions')} />
    </Panel>
  );
}
