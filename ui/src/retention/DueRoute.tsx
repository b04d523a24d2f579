import { FileExclamationOutlined } from '@ant-design/icons';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { useTableAddress } from '@/kit/table/address';
import type { Column } from '@/kit/table/column';
import { DataTable } from '@/kit/table/DataTable';
import { When } from '@/kit/When';
import type { Due } from './retention';
import { RetentionFrame } from './RetentionFrame';

const DrawUp = lazy(() => import('./DrawUp'));

/** The records whose term is over and that nothing else keeps. */
export function Component() {
  const { t } = useTranslation('retention');
  const { roles } = useSession();
  const { cursor, limit } = useTableAddress();
  const navigate = useNavigate();
  const [drawing, setDrawing] = useState(false);
  const listing = queries.useQuery('get', '/api/retention/due', { params: { query: { cursor, limit } } }, { placeholderData: keepPreviousData });
  const columns: Column<Due>[] = [
    { key: 'called', title: t('column.patient'), width: '120px', fixed: true, render: ({ called }) => called || '–' },
    { key: 'patient', title: t('column.id'), width: '110px', render: ({ patient }) => <Code value={patient} ends={6} copyable /> },
    { key: 'class', title: t('column.class'), width: '120px', fixed: true, render: ({ class: kind }) => t(`class.${kind}`) },
    { key: 'lastStay', title: t('column.lastStay'), width: '150px', render: ({ lastStay }) => (lastStay ? <When at={lastStay} /> : '–') },
    { key: 'lastVisit', title: t('column.lastVisit'), width: '150px', render: ({ lastVisit }) => (lastVisit ? <When at={lastVisit} /> : '–') },
    { key: 'termEnded', title: t('column.termEnded'), fixed: true, render: ({ termEnded }) => <When at={termEnded} /> },
  ];
  return (
    <RetentionFrame
      tab="due"
      actions={
        may(roles, 'drawUpDestructions') && (
          <Button type="primary" icon={<FileExclamationOutlined />} disabled={!listing.data?.items?.length} onClick={() => setDrawing(true)}>
            {t('drawUp.title')}
          </Button>
        )
      }
    >
      <DataTable name="due-records" label={t('due.title')} columns={columns} page={tableOf(listing)} rowKey={({ patient }) => patient} empty={{ title: t('due.none'), hint: t('due.noneHint') }} />
      <Suspense fallback={null}>{drawing && <DrawUp due={listing.data?.items ?? []} onDrawn={({ id }) => void navigate(`/retention/destructions/${id}`)} onClose={() => setDrawing(false)} />}</Suspense>
    </RetentionFrame>
  );
}
