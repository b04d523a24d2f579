import { useParams } from 'react-router';
import { api, queries } from '@/api/client';
import { LineageShown } from './LineageShown';

/** Where one document came from and where it went. */
export function Component() {
  const { id = '' } = useParams();
  const params = { params: { path: { id } } };
  const traced = queries.useQuery('get', '/api/lineage/documents/{id}', params);
  return <LineageShown traced={traced} prove={() => api.GET('/api/lineage/documents/{id}/evidence', params)} />;
}
