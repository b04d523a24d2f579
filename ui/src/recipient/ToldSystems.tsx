import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import type { Notice } from './recipient';
import { StateOf } from './StateOf';

/** Which other systems were told of a seal or of an ended right, and what each made of it. */
export function ToldSystems({ subject }: { subject: string }) {
  const { t } = useTranslation('recipient');
  const text = useText();
  const told = queries.useQuery('get', '/api/notices', { params: { query: { subject } } });
  if (told.isError) return null;
  const columns: Column<Notice>[] = [
    { key: 'name', title: t('told.system'), render: ({ nameZh, nameEn }) => text({ zh: nameZh, en: nameEn || nameZh }) },
    { key: 'told', title: t('told.what'), width: '110px', render: ({ told: what }) => (what ? t(`told.${what}` as never, { defaultValue: what }) : '–') },
    { key: 'state', title: t('column.state'), width: '110px', render: ({ state }) => <StateOf state={state} /> },
    { key: 'tries', title: t('told.tries'), width: '80px', align: 'end', render: ({ tries }) => tries },
    { key: 'settled', title: t('column.at'), width: '140px', render: ({ settled, made }) => <When at={settled ?? made} /> },
  ];
  return (
    <Panel flush title={t('told.title')}>
      <PlainTable label={t('told.title')} columns={columns} rows={told.data?.items} rowKey={({ id }) => id} empty={t('told.none')} />
    </Panel>
  );
}
