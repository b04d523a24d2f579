import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { LinkButton } from '@/kit/LinkButton';
import { useTableAddress } from '@/kit/table/address';
import { AddPerson } from './AddPerson';
import { StaffPage, type StaffPerson } from './StaffPage';
import { useDepartments } from './use-departments';

const Appoint = lazy(() => import('./Appoint'));

export function Component() {
  const { t } = useTranslation('staff');
  const { roles } = useSession();
  const { cursor, limit, filters } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const departments = useDepartments();
  const [listed, setListed] = useState<StaffPerson>();
  const listing = queries.useQuery(
    'get',
    '/api/persons',
    { params: { query: { cursor, limit, text: filters.text, department: filters.department, role: filters.role } } },
    { placeholderData: keepPreviousData },
  );
  const person = queries.useQuery('get', '/api/persons/{id}', { params: { path: { id: listed?.id ?? '' } } }, { enabled: listed !== undefined });
  const end = queries.useMutation('post', '/api/appointments/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const keeps = may(roles, 'keepStaff');
  const open = listed && (person.data ?? listed);
  return (
    <StaffPage
      page={tableOf(listing)}
      departments={departments}
      actions={
        <>
          {may(roles, 'takeRoster') && <LinkButton to="/staff/roster">{t('roster.title')}</LinkButton>}
          {keeps && <AddPerson onAdded={setListed} />}
        </>
      }
      open={open}
      openActions={
        keeps &&
        open && (
          <Suspense fallback={null}>
            <Appoint key={open.id} person={open} departments={departments} />
          </Suspense>
        )
      }
      onOpen={setListed}
      onClose={() => setListed(undefined)}
      onEndAppointment={keeps ? ({ id }) => end.mutate({ params: { path: { id } } }) : undefined}
    />
  );
}
