import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { queries } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Waiting } from '@/app/Waiting';
import type { Consent } from './consent';
import { PatientConsents } from './PatientConsents';

const Give = lazy(() => import('./Give'));
const Withdraw = lazy(() => import('./Withdraw'));
const Tell = lazy(() => import('./Tell'));
const AddGuardian = lazy(() => import('./AddGuardian'));

/** The consents of an opened patient. */
export function ConsentTab({ patient }: { patient: { id: string; name: string } }) {
  const { t } = useTranslation('consent');
  const [asked, setAsked] = useState<'give' | 'refuse' | 'tell' | 'guardian'>();
  const [withdrawing, setWithdrawing] = useState<Consent>();
  const kept = queries.useQuery('get', '/api/patients/{id}/consents', { params: { path: { id: patient.id } } });
  const failure = failureOf(kept);
  if (failure) return <NotOpened error={failure} what={patient.name} onRetry={() => void kept.refetch()} />;
  if (!kept.data) return <Waiting />;
  const close = () => setAsked(undefined);
  const guardians = kept.data.guardians ?? [];
  return (
    <>
      <PatientConsents
        records={kept.data.records ?? []}
        notices={kept.data.notices ?? []}
        guardians={guardians}
        names={kept.data.names}
        onWithdraw={setWithdrawing}
        actions={{
          given: (
            <>
              <Button size="small" onClick={() => setAsked('refuse')}>
                {t('refuse')}
              </Button>
              <Button size="small" type="primary" onClick={() => setAsked('give')}>
                {t('give')}
              </Button>
            </>
          ),
          notices: (
            <Button size="small" onClick={() => setAsked('tell')}>
              {t('tell')}
            </Button>
          ),
          guardians: (
            <Button size="small" onClick={() => setAsked('guardian')}>
              {t('addGuardian')}
            </Button>
          ),
        }}
      />
      <Suspense fallback={null}>
        {(asked === 'give' || asked === 'refuse') && <Give patient={patient.id} decision={asked} guardians={guardians.filter(({ live }) => live)} onClose={close} />}
        {asked === 'tell' && <Tell patient={patient.id} onClose={close} />}
        {asked === 'guardian' && <AddGuardian patient={patient.id} onClose={close} />}
        {withdrawing && <Withdraw consent={withdrawing} onClose={() => setWithdrawing(undefined)} />}
      </Suspense>
    </>
  );
}
