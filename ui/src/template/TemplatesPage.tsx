import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { PageHead } from '@/kit/PageHead';
import type { Column } from '@/kit/table/column';
import { DataTable, type TablePage } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { StateOf } from './StateOf';
import type { Names, Version } from './template';

interface TemplatesPageProps {
  page: TablePage<Version>;
  names: Names | undefined;
  actions?: ReactNode;
}

/** Form definitions with their versions, the newest of each first. */
export function TemplatesPage({ page, names, actions }: TemplatesPageProps) {
  const { t } = useTranslation('template');
  const text = useText();
  const person = usePerson(names);
  const columns: Column<Version>[] = [
    { key: 'title', title: t('list.title'), fixed: true, render: ({ titleZh, titleEn }) => text({ zh: titleZh, en: titleEn }) },
    { key: 'number', title: t('list.number'), width: '80px', align: 'end', fixed: true, render: ({ number }) => t('version', { number }) },
    { key: 'state', title: t('list.state'), width: '110px', fixed: true, render: ({ state, used }) => <StateOf state={state} used={used} /> },
    { key: 'kind', title: t('form.kind'), width: '90px', render: ({ kind }) => t(`formKind.${kind}`) },
    { key: 'key', title: t('field.key'), width: '190px', render: ({ key }) => <Code value={key} /> },
    { key: 'authors', title: t('list.authors'), width: '120px', render: ({ authors }) => authors.map(person).join(t('separator')) },
    { key: 'approvedBy', title: t('list.approvedBy'), width: '110px', render: ({ approvedBy }) => person(approvedBy) || '–' },
    { key: 'since', title: t('list.since'), width: '150px', render: ({ since }) => (since ? <When at={since} /> : '–') },
    { key: 'written', title: t('list.written'), width: '150px', hidden: true, render: ({ written }) => <When at={written} /> },
  ];
  return (
    <Page fixed>
      <PageHead title={t('title')} lead={t('lead')} actions={actions} />
      <DataTable name="templates" label={t('title')} columns={columns} page={page} rowKey={({ id }) => id} rowHref={({ id }) => `/templates/${id}`} empty={{ title: t('list.none'), hint: t('list.noneHint') }} />
    </Page>
  );
}
