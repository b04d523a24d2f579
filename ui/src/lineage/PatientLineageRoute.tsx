import { useParams } from 'react-router';
import { api, queries } from '@/api/client';
import { LineageShown } from './LineageShown';

/** Where the documents of a patient came from and where they went. */
export function Component() {
  const { id = '' } = useParams();
  const params = { params: { path: { id } } };
  const traced = queries.useQuery('get', '/api/lineage/patients/{id}', params);
  return <LineageShown traced={traced} prove={() => api.GET('/api/lineage/patients/{id}/evidence', params)} />;
}
