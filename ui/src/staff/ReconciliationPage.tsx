import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import type { Tone } from '@/kit/tone';
import { formatMinute } from '@/language/time';
import styles from './RosterPage.module.css';

export type Reconciliation = Schemas['ReconciliationOut'];
type Mismatch = Schemas['StaffMismatch'];

export interface ReconciliationPageProps {
  found: Reconciliation | undefined;
  error?: string | undefined;
  /** Which mismatch is shown; all when absent. */
  kind: string | undefined;
  onKind: (kind: string | undefined) => void;
}

const kinds = {
  'left-holding': 'error',
  'no-licence': 'error',
  'no-agreement': 'error',
  conflicting: 'error',
  'not-taken-back': 'error',
  'no-undertaking': 'warning',
  'no-training': 'warning',
  'sponsor-gone': 'warning',
  'without-stay': 'warning',
  'not-in-roster': 'warning',
  elsewhere: 'neutral',
  'nothing-assigned': 'neutral',
} satisfies Record<string, Tone>;

type Kind = keyof typeof kinds;

/** Who is here and should not be, who lacks what he needs, and who has not signed. */
export function ReconciliationPage({ found, error, kind, onKind }: ReconciliationPageProps) {
  const { t } = useTranslation('staff');
  const all = found?.mismatches ?? [];
  const count = (one: Kind) => all.filter((mismatch) => mismatch.kind === one).length;
  const columns: Column<Mismatch>[] = [
    {
      key: 'number',
      title: t('column.number'),
      width: '160px',
      render: ({ number, person }) => (
        <Link to={`/staff/${person}`}>
          <Code value={number} />
        </Link>
      ),
    },
    { key: 'kind', title: t('reconcile.kind'), width: '260px', render: ({ kind: one }) => <Pill tone={kinds[one as Kind]}>{t(`reconcile.kinds.${one as Kind}`)}</Pill> },
    { key: 'remedy', title: t('reconcile.remedy'), render: ({ kind: one }) => t(`reconcile.remedies.${one as Kind}`) },
  ];
  return (
    <Page>
      <PageHead
        title={t('reconcile.title')}
        lead={found && t('reconcile.lead', { at: formatMinute(found.at), count: found.governed })}
        actions={
          <Select
            allowClear
            value={kind}
            placeholder={t('reconcile.all', { n: all.length })}
            aria-label={t('reconcile.kind')}
            style={{ width: 280 }}
            options={(Object.keys(kinds) as Kind[]).map((value) => ({ value, label: `${t(`reconcile.kinds.${value}`)} (${count(value)})` }))}
            onChange={(next: string | undefined) => onKind(next)}
          />
        }
      />
      <div className={styles.parts}>
        {error && <Notice tone="error">{error}</Notice>}
        {found && !found.roster && <Notice>{t('reconcile.noRoster')}</Notice>}
        <Panel flush>
          <PlainTable label={t('reconcile.title')} columns={columns} rows={found && all.filter((one) => !kind || one.kind === kind)} rowKey={(one) => `${one.person}-${one.kind}`} empty={t('reconcile.none')} />
        </Panel>
      </div>
    </Page>
  );
}
