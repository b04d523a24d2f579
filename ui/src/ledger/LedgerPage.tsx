import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { useTableAddress } from '@/kit/table/address';
import type { Filter } from '@/kit/table/column';
import type { TablePage } from '@/kit/table/DataTable';
import { useTerm } from '@/language/terms';
import type { People } from '@/staff/person';
import type { OpenEntry } from './EntryDrawer';
import { Lines } from './Lines';
import type { Line, Names } from './Sentence';
import { verbsShown } from './verbs';

const EntryDrawer = lazy(() => import('./EntryDrawer'));

export interface LedgerPageProps {
  page: TablePage<Line>;
  people: People;
  names?: Names;
  /** Entries that are placed but cannot be found yet. */
  behind: number;
  open?: OpenEntry;
  onOpen: (line: Line) => void;
  onClose: () => void;
}

/** Who did what with whose records, and why. Filters stand in the address: from, to, verb, outcome, tie. */
export function LedgerPage({ page, people, names, behind, open, onOpen, onClose }: LedgerPageProps) {
  const { t } = useTranslation('ledger');
  const filters = useFilters();
  const address = useTableAddress();
  return (
    <Page fixed>
      <PageHead title={t('page.title')} lead={t('page.lead')} />
      {behind > 0 && <Notice>{t('page.behind', { count: behind })}</Notice>}
      <Lines page={page} people={people} {...(names && { names })} filters={filters} current={open?.line.id} onOpen={onOpen} exported={{ list: 'ledger', filter: address.filters }} />
      {open && (
        <Suspense fallback={null}>
          <EntryDrawer open={open} people={people} {...(names && { names })} onClose={onClose} />
        </Suspense>
      )}
    </Page>
  );
}

function useFilters(): Filter[] {
  const { t } = useTranslation('ledger');
  const term = useTerm();
  return [
    { kind: 'period', fromKey: 'from', toKey: 'to', label: t('filter.period') },
    { kind: 'choice', key: 'verb', label: t('filter.verb'), many: true, options: verbsShown.map((verb) => ({ value: verb, label: t(`name.${verb}`) })) },
    { kind: 'choice', key: 'outcome', label: t('filter.outcome'), options: (['done', 'refused', 'reported'] as const).map((value) => ({ value, label: term('outcome', value) })) },
    { kind: 'choice', key: 'tie', label: t('filter.tie'), options: (['care', 'task', 'duty', 'reason', 'glass', 'grant'] as const).map((value) => ({ value, label: term('tie', value) })) },
  ];
}
