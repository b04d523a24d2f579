import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { sizeOf, type Names, type Recipient } from './recipient';
import { StateOf } from './StateOf';

export interface RecipientsPageProps {
  page: TablePage<Recipient>;
  names: Names | undefined;
  actions?: ReactNode;
}

/** The outward register: who receives data, by code. */
export function RecipientsPage({ page, names, actions }: RecipientsPageProps) {
  const { t } = useTranslation('recipient');
  const text = useText();
  const person = usePerson(names);
  const columns: Column<Recipient>[] = [
    { key: 'name', title: t('column.name'), fixed: true, render: ({ nameZh, nameEn, code }) => `${text({ zh: nameZh, en: nameEn || nameZh })} · ${code}` },
    { key: 'state', title: t('column.state'), width: '110px', fixed: true, render: ({ state, wanted }) => (state !== 'draft' && wanted ? <Pill tone="warning">{t('changeWaits')}</Pill> : <StateOf state={state} />) },
    { key: 'kind', title: t('column.kind'), width: '120px', render: ({ kind }) => t(`kind.${kind}` as never, { defaultValue: kind }) },
    { key: 'shapes', title: t('column.shapes'), width: '160px', render: ({ shapes }) => (shapes ?? []).map((id) => t(`shape.${id}` as never, { defaultValue: id })).join(t('separator')) },
    { key: 'owner', title: t('column.owner'), width: '90px', render: ({ owner }) => person(owner) },
    { key: 'times', title: t('column.times'), width: '70px', align: 'end', render: ({ times }) => times },
    { key: 'bytes', title: t('column.bytes'), width: '100px', align: 'end', hidden: true, render: ({ bytes }) => sizeOf(bytes) },
    { key: 'amiss', title: t('column.amiss'), width: '100px', render: ({ missing, untold }) => (missing + untold > 0 ? <Pill tone="error">{t('amiss', { n: missing + untold })}</Pill> : '–') },
    { key: 'last', title: t('column.last'), width: '140px', hidden: true, render: ({ last }) => (last ? <When at={last} /> : '–') },
    { key: 'until', title: t('column.until'), width: '140px', render: ({ until }) => <When at={until} /> },
  ];
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <DataTable name="recipients" label={t('title')} columns={columns} page={page} rowKey={({ id }) => id} rowHref={({ id }) => `/recipients/${id}`} exported={{ list: 'recipients', filter: {} }} empty={{ title: t('none'), hint: t('noneHint') }} />
    </Page>
  );
}
