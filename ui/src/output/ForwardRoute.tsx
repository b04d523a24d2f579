import { Navigate, useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { Waiting } from '@/app/Waiting';

const once = { staleTime: Infinity };

/** Leads from a forwarded link to the document, which the reader opens by his own right. */
export function Component() {
  const { id = '' } = useParams();
  const forwarded = queries.useQuery('post', '/api/output/forwards/{id}/open', { params: { path: { id } } }, once);
  if (forwarded.error) return <NotOpened error={forwarded.error} onRetry={() => void forwarded.refetch()} />;
  if (!forwarded.data) return <Waiting />;
  const { patient, document } = forwarded.data;
  return <Navigate replace to={`/patients/${patient}?document=${document}`} />;
}
