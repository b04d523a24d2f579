import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import { unsigned, type Promised, type Undertaking } from './promise';
import { Promises } from './Promises';
import styles from './UndertakingsPage.module.css';

export interface UndertakingsPageProps {
  mine: Promised[] | undefined;
  /** Every version that counts or will; absent for those who do not keep them. */
  published?: Undertaking[] | undefined;
  keeps: boolean;
  error?: string | undefined;
  actions?: ReactNode;
  onRead: (undertaking: Undertaking) => void;
  onWithdraw: (undertaking: Undertaking) => void;
}

/** What one must sign oneself; for the offices, what everybody must. */
export function UndertakingsPage({ mine, published, keeps, error, actions, onRead, onWithdraw }: UndertakingsPageProps) {
  const { t } = useTranslation('staff');
  const open = unsigned(mine ?? []).length;
  return (
    <Page>
      <PageHead title={t('undertakings.title')} lead={t('undertakings.lead')} actions={actions} />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {mine && mine.length > 0 && open === 0 && <Notice tone="success">{t('undertakings.allSigned')}</Notice>}
        <Promises title={t('undertakings.mine')} rows={mine} empty={t('undertakings.noneMine')} mine onRead={onRead} />
        {keeps && <Published rows={published} onRead={onRead} onWithdraw={onWithdraw} />}
      </div>
    </Page>
  );
}

function Published({ rows, onRead, onWithdraw }: { rows: Undertaking[] | undefined } & Pick<UndertakingsPageProps, 'onRead' | 'onWithdraw'>) {
  const { t } = useTranslation('staff');
  const term = useTerm();
  const text = useText();
  const row = useRow();
  const whom = ({ roles, categories }: Undertaking) =>
    row([...(roles ?? []).map((role) => term('role', role)), ...(categories ?? []).map((category) => term('category', category))]) || t('undertakings.everybody');
  const columns: Column<Undertaking>[] = [
    { key: 'title', title: t('undertakings.name'), render: ({ title }) => text(title) },
    { key: 'version', title: t('undertakings.version'), width: '90px', render: ({ version }) => t('undertakings.versionOf', { version }) },
    { key: 'whom', title: t('undertakings.whom'), render: whom },
    { key: 'period', title: t('undertakings.period'), width: '150px', render: ({ periodDays, graceDays }) => t('undertakings.periodOf', { days: periodDays, grace: graceDays }) },
    {
      key: 'since',
      title: t('undertakings.since'),
      width: '190px',
      render: ({ since, withdrawn }) => (
        <>
          <When at={since} as="day" /> {withdrawn && <Pill>{t('undertakings.withdrawn')}</Pill>}
        </>
      ),
    },
    {
      key: 'do',
      title: t('stays.do'),
      width: '170px',
      align: 'end',
      render: (undertaking) => (
        <span className={styles.buttons}>
          <Button size="small" onClick={() => onRead(undertaking)}>
            {t('undertakings.read')}
          </Button>
          {!undertaking.withdrawn && (
            <Popconfirm title={t('undertakings.withdrawTitle')} description={t('undertakings.withdrawNote')} okText={t('undertakings.withdraw')} cancelText={t('keep')} onConfirm={() => onWithdraw(undertaking)}>
              <Button size="small">{t('undertakings.withdraw')}</Button>
            </Popconfirm>
          )}
        </span>
      ),
    },
  ];
  return (
    <Panel title={t('undertakings.published')} flush>
      <PlainTable label={t('undertakings.published')} columns={columns} rows={rows} rowKey={({ id }) => id} empty={t('undertakings.nonePublished')} />
    </Panel>
  );
}
