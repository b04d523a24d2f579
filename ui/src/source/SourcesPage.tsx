import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { HealthOf } from './HealthOf';
import { share, type Names, type Source } from './source';
import { StateOf } from './StateOf';

export interface SourcesPageProps {
  page: TablePage<Source>;
  names: Names | undefined;
  onOpen: (source: Source) => void;
  actions?: ReactNode;
}

/** The register of interfaces: every foreign system, by its code. */
export function SourcesPage({ page, names, onOpen, actions }: SourcesPageProps) {
  const { t } = useTranslation('source');
  const text = useText();
  const person = usePerson(names);
  const columns: Column<Source>[] = [
    { key: 'name', title: t('column.name'), fixed: true, render: ({ nameZh, nameEn, code }) => `${text({ zh: nameZh, en: nameEn || nameZh })} · ${code}` },
    { key: 'state', title: t('column.state'), width: '90px', fixed: true, render: ({ state }) => <StateOf state={state} /> },
    { key: 'health', title: t('column.health'), width: '120px', render: (one) => <HealthOf source={one} /> },
    { key: 'owner', title: t('column.owner'), width: '90px', render: ({ owner }) => person(owner) },
    { key: 'kinds', title: t('column.kinds'), width: '150px', hidden: true, render: ({ kinds }) => (kinds ?? []).map((id) => t(`kind.${id}` as never, { defaultValue: id })).join(t('separator')) },
    { key: 'shapes', title: t('column.shapes'), width: '170px', render: ({ shapes }) => (shapes ?? []).map((id) => t(`shape.${id}` as never, { defaultValue: id })).join(t('separator')) },
    { key: 'received', title: t('column.received'), width: '90px', align: 'end', render: ({ health }) => health.received },
    { key: 'conform', title: t('column.conform'), width: '90px', align: 'end', render: ({ health }) => share(health.conform, health.received) },
    { key: 'heard', title: t('column.heard'), width: '140px', render: ({ health }) => (health.heard ? <When at={health.heard} /> : '–') },
    { key: 'until', title: t('column.until'), width: '140px', render: ({ until }) => (until ? <When at={until} /> : '–') },
    { key: 'vendor', title: t('column.vendor'), width: '120px', hidden: true, render: ({ vendor }) => vendor },
    { key: 'standard', title: t('column.standard'), width: '120px', hidden: true, render: ({ standard }) => standard },
    { key: 'operations', title: t('column.operations'), width: '220px', hidden: true, render: ({ operations }) => (operations ?? []).join(' ') },
  ];
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <DataTable name="sources" label={t('title')} columns={columns} page={page} rowKey={({ id }) => id} onOpen={onOpen} exported={{ list: 'sources', filter: {} }} empty={{ title: t('none'), hint: t('noneHint') }} />
    </Page>
  );
}
