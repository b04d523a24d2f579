import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { queries } from '@/api/client';
import { tableOf } from '@/api/table';
import { useTableAddress } from '@/kit/table/address';
import type { Question } from './accesslog';
import { QuestionsPage } from './QuestionsPage';

const Answer = lazy(() => import('./Answer'));

export function Component() {
  const { cursor, limit, filters } = useTableAddress();
  const [asked, setAsked] = useState<{ question: Question; way: 'explain' | 'raise' }>();
  const query = { cursor, limit, state: (filters.state ?? 'open') as Question['state'] };
  const listing = queries.useQuery('get', '/api/access-logs/questions', { params: { query } }, { placeholderData: keepPreviousData });
  return (
    <>
      <QuestionsPage page={tableOf(listing)} names={listing.data?.names} called={listing.data?.called} onAnswer={(question, way) => setAsked({ question, way })} />
      <Suspense fallback={null}>{asked && <Answer {...asked} onClose={() => setAsked(undefined)} />}</Suspense>
    </>
  );
}
