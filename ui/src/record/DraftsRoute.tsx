import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useKnownPatient } from '@/access/live-reasons';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { Page } from '@/app/Page';
import { Clock } from '@/kit/Clock';
import { PageHead } from '@/kit/PageHead';
import { Pill } from '@/kit/Pill';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import { draftPath } from './draft-path';

type Draft = Schemas['RecordDraftLine'];

/** What I have not finished writing. */
export function Component() {
  const { t } = useTranslation('record');
  const navigate = useNavigate();
  const fault = useFault();
  const { message } = App.useApp();
  const patientName = useKnownPatient();
  const listing = queries.useQuery('get', '/api/drafts', {}, { staleTime: 0 });
  const drop = queries.useMutation('delete', '/api/drafts/{id}', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const columns: Column<Draft>[] = [
    { key: 'saved', title: t('drafts.saved'), width: '170px', fixed: true, render: (draft) => <When at={draft.savedAt} /> },
    { key: 'what', title: t('drafts.what'), width: '150px', fixed: true, render: (draft) => <Pill>{t(draft.document ? 'drafts.correction' : 'drafts.new')}</Pill> },
    { key: 'patient', title: t('drafts.patient'), render: (draft) => patientName(draft.patient) },
    { key: 'until', title: t('drafts.until'), width: '200px', render: (draft) => <Clock deadline={draft.until} start={draft.savedAt} /> },
    {
      key: 'drop',
      title: t('drafts.drop'),
      width: '110px',
      render: (draft) => (
        <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
          <Popconfirm title={t('drafts.dropTitle')} okText={t('drafts.drop')} cancelText={t('drafts.keep')} onConfirm={() => drop.mutate({ params: { path: { id: draft.id } } })}>
            <Button size="small">{t('drafts.drop')}</Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <Page fixed>
      <PageHead title={t('drafts.title')} lead={t('drafts.lead')} />
      <DataTable
        name="drafts"
        label={t('drafts.title')}
        columns={columns}
        page={tableOf(listing)}
        rowKey={(draft) => draft.id}
        rowHref={draftPath}
        onOpen={(draft) => void navigate(draftPath(draft))}
        empty={{ title: t('drafts.empty'), hint: t('drafts.emptyHint') }}
      />
    </Page>
  );
}
