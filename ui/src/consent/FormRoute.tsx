import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { most, onwards, useWhole } from '@/api/whole';
import { Waiting } from '@/app/Waiting';
import { FormPage } from './FormPage';

/** A form as it is printed to be signed; an older version stands in the address. */
export function Component() {
  const { id = '' } = useParams();
  const { t } = useTranslation('consent');
  const [address, setAddress] = useSearchParams();
  const listing = queries.useInfiniteQuery('get', '/api/consent/forms/{id}/versions', { params: { path: { id }, query: { limit: most } } }, onwards);
  const versions = useWhole(listing);
  const failure = failureOf(listing);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void listing.refetch()} />;
  const [newest] = versions ?? [];
  if (!versions || !newest) return <Waiting />;
  const shown = versions.find(({ version }) => String(version) === address.get('version')) ?? newest;
  return <FormPage versions={versions} shown={shown} onShow={(version) => setAddress(version === newest.version ? {} : { version: String(version) }, { replace: true })} />;
}
