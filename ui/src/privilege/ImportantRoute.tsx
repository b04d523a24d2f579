import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import type { Operation } from './important';
import { ImportantPage } from './ImportantPage';

const ProposeImportant = lazy(() => import('./ProposeImportant'));

const looksAgain = 5000;

export function Component() {
  const { t } = useTranslation('privilege');
  const { roles, person } = useSession();
  const fault = useFault();
  const [changing, setChanging] = useState<Operation | 'new'>();
  const keeps = may(roles, 'keepImportant');
  const list = queries.useQuery('get', '/api/important', {}, { refetchInterval: looksAgain });
  const settled = { onSuccess: () => cache.invalidateQueries() };
  const settle = queries.useMutation('post', '/api/important/{id}/settle', settled);
  const confirm = queries.useMutation('post', '/api/second-calls/{id}/confirm', settled);
  return (
    <>
      <ImportantPage
        operations={list.data && (list.data.operations ?? [])}
        calls={list.data && (list.data.calls ?? [])}
        names={list.data?.names ?? {}}
        me={person}
        confirms={may(roles, 'confirmImportant')}
        busy={settle.isPending || confirm.isPending}
        error={fault(list.error ?? settle.error ?? confirm.error)}
        actions={
          keeps && (
            <Button type="primary" onClick={() => setChanging('new')}>
              {t('important.add')}
            </Button>
          )
        }
        onConfirm={({ id }) => confirm.mutate({ params: { path: { id } } })}
        onPropose={keeps ? setChanging : undefined}
        onSettle={keeps ? ({ id }, agree) => settle.mutate({ params: { path: { id } }, body: { agree } }) : undefined}
      />
      <Suspense>{changing && <ProposeImportant operation={changing === 'new' ? undefined : changing} addable={list.data?.addable ?? []} onClose={() => setChanging(undefined)} />}</Suspense>
    </>
  );
}
