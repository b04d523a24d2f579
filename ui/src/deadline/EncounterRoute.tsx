import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { Waiting } from '@/app/Waiting';
import { EmptyState } from '@/kit/EmptyState';
import { PageHead } from '@/kit/PageHead';
import { When } from '@/kit/When';
import DeadlinesOf from './DeadlinesOf';

/** What one encounter must hold. */
export function Component() {
  const { t } = useTranslation('deadline');
  const { id = '' } = useParams();
  const seen = queries.useQuery('get', '/api/deadlines/encounters/{id}', { params: { path: { id } } });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  const { patient, since, until, set } = seen.data;
  return (
    <Page>
      <PageHead title={t('of.title')} lead={<>{t('of.from')} <When at={since} />{until && <> {t('of.until')} <When at={until} /></>}</>} actions={<Link to={`/patients/${patient}`}>{t('of.patient')}</Link>} />
      {set === 0 ? <EmptyState title={t('of.noSet')} hint={t('of.noSetHint')} /> : <DeadlinesOf encounter={id} />}
    </Page>
  );
}
