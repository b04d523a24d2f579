import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKnownPatient } from '@/access/live-reasons';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { usePeople } from '@/staff/use-people';
import type { Template } from './consent';
import { ConsentsPage } from './ConsentsPage';
import { useForms } from './use-forms';

const PublishForm = lazy(() => import('./PublishForm'));
const ConsentRule = lazy(() => import('./ConsentRule'));
const Savings = lazy(() => import('./Savings'));
const Exempt = lazy(() => import('./Exempt'));

export function Component() {
  const { t } = useTranslation('consent');
  const { person, roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const nameOf = useKnownPatient();
  const [publishing, setPublishing] = useState<{ before?: Template }>();
  const [exempting, setExempting] = useState(false);
  const publishes = may(roles, 'publishConsents');
  const watches = may(roles, 'seeExemptions');
  const { forms, error } = useForms();
  const listing = queries.useInfiniteQuery('get', '/api/consent/exemptions', { params: { query: { limit: most } } }, { ...onwards, enabled: watches });
  const exemptions = useWhole(listing);
  const bases = queries.useQuery('get', '/api/consent/bases', {}, { staleTime: Infinity, enabled: watches });
  const people = usePeople((exemptions ?? []).flatMap(({ requester, approvedBy }) => [requester, approvedBy]));
  const end = queries.useMutation('post', '/api/consent/exemptions/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (refused) => void message.error(fault(refused)),
  });
  return (
    <>
      <ConsentsPage
        forms={forms}
        publishes={publishes}
        onNextVersion={(before) => setPublishing({ before })}
        {...(watches && {
          exemptions: {
            rows: exemptions,
            counts: listing.data?.pages[0]?.counts ?? {},
            bases: bases.data?.items ?? [],
            people,
            patientName: nameOf,
            ...(publishes && {
              onEnd: ({ id }) => end.mutate({ params: { path: { id } } }),
              action: (
                <Button size="small" onClick={() => setExempting(true)}>
                  {t('exempt')}
                </Button>
              ),
            }),
          },
        })}
        sensitive={
          <Suspense fallback={null}>
            <ConsentRule me={person} sets={may(roles, 'setConsentRule')} />
            {may(roles, 'seeSavings') && <Savings />}
          </Suspense>
        }
        error={fault(error ?? listing.error)}
        actions={
          publishes && (
            <Button type="primary" onClick={() => setPublishing({})}>
              {t('publish')}
            </Button>
          )
        }
      />
      <Suspense fallback={null}>
        {publishing && <PublishForm {...publishing} onClose={() => setPublishing(undefined)} />}
        {exempting && <Exempt bases={bases.data?.items ?? []} onClose={() => setExempting(false)} />}
      </Suspense>
    </>
  );
}
