import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { LinkButton } from '@/kit/LinkButton';
import { useText } from '@/language/text';
import { ExitList } from './ExitList';
import { PersonPage } from './PersonPage';
import { Promises } from './Promises';
import type { Undertaking } from './promise';
import { Qualifications } from './Qualifications';
import type { Stay } from './stay';
import { UndertakingDialog } from './UndertakingDialog';
import { useDepartments } from './use-departments';
import { usePeople } from './use-people';
import { useSignLine } from './use-sign-line';

const AddLine = lazy(() => import('./AddLine'));
const AddQualification = lazy(() => import('./AddQualification'));
const BeginStay = lazy(() => import('./BeginStay'));
const Leave = lazy(() => import('./Leave'));
const MoveStay = lazy(() => import('./MoveStay'));
const RecordTraining = lazy(() => import('./RecordTraining'));

export function Component() {
  const { id = '' } = useParams();
  const person = queries.useQuery('get', '/api/persons/{id}', { params: { path: { id } } });
  const failure = failureOf(person);
  if (failure) return <NotOpened error={failure} onRetry={() => void person.refetch()} />;
  if (!person.data) return <Waiting />;
  return <Known key={id} person={person.data} />;
}

type Asked = 'stay' | 'training' | 'leave' | 'qualification' | 'line';

function Known({ person }: { person: Schemas['StaffPerson'] }) {
  const { t } = useTranslation('staff');
  const text = useText();
  const session = useSession();
  const departments = useDepartments();
  const [asked, setAsked] = useState<Asked>();
  const [moving, setMoving] = useState<Stay>();
  const [reading, setReading] = useState<Undertaking>();
  const { message } = App.useApp();
  const fault = useFault();
  const settled = { onSuccess: () => cache.invalidateQueries(), onError: (error: unknown) => void message.error(fault(error)) };
  const endStay = queries.useMutation('post', '/api/stays/{id}/end', settled);
  const endQualification = queries.useMutation('post', '/api/qualifications/{id}/end', settled);
  const signing = useSignLine();

  const own = person.id === session.person;
  const keeps = (doing: 'keepStays' | 'recordLeave' | 'keepQualifications') => !own && may(session.roles, doing);
  const sees = (doing: 'seeStays' | 'seeExits' | 'keepQualifications' | 'keepUndertakings') => own || may(session.roles, doing);
  const of = { params: { path: { id: person.id } } };
  const stays = queries.useQuery('get', '/api/stays', { params: { query: { person: person.id, limit: 200 } } });
  const qualifications = queries.useQuery('get', '/api/persons/{id}/qualifications', of, { enabled: sees('keepQualifications') });
  const promises = queries.useQuery('get', '/api/persons/{id}/undertakings', of, { enabled: sees('keepUndertakings') });
  const lines = queries.useQuery('get', '/api/persons/{id}/lines', of, { enabled: sees('seeExits') });
  const people = usePeople([...(stays.data?.items ?? []).map(({ sponsor }) => sponsor), ...(lines.data?.items ?? []).map(({ signedBy }) => signedBy)]);
  const stayRows = stays.data?.items ?? [];
  const seesStays = sees('seeStays') || stayRows.length > 0;
  const close = () => setAsked(undefined);
  const button = (what: Asked, words: string, danger = false) => (
    <Button size={what === 'leave' ? 'middle' : 'small'} danger={danger} onClick={() => setAsked(what)}>
      {words}
    </Button>
  );

  return (
    <>
      <PersonPage
        person={person}
        departments={departments}
        people={people}
        actions={
          <>
            {(own || may(session.roles, 'seeReach')) && <LinkButton to={`/reach?person=${person.id}`}>{t('reach')}</LinkButton>}
            {keeps('recordLeave') && button('leave', t('leave.open'), true)}
          </>
        }
        {...(seesStays && {
          stays: {
            rows: stays.data && stayRows,
            mayEnd: (stay: Stay) => keeps('keepStays') || (!own && stay.sponsor === session.person),
            onEnd: ({ id }: Stay) => endStay.mutate({ params: { path: { id } } }),
            onMove: keeps('keepStays') ? setMoving : undefined,
            actions: keeps('keepStays') && (
              <>
                {button('training', t('training.add'))} {button('stay', t('stays.begin'))}
              </>
            ),
          },
        })}
      >
        {sees('keepQualifications') && (
          <Qualifications
            rows={qualifications.data && (qualifications.data.items ?? [])}
            actions={keeps('keepQualifications') && button('qualification', t('qualifications.add'))}
            onEnd={keeps('keepQualifications') ? ({ id }) => endQualification.mutate({ params: { path: { id } } }) : undefined}
          />
        )}
        {sees('keepUndertakings') && <Promises title={t('undertakings.title')} rows={promises.data && (promises.data.items ?? [])} empty={t('undertakings.noneOf')} onRead={setReading} />}
        {sees('seeExits') && (
          <ExitList
            rows={lines.data && (lines.data.items ?? [])}
            clear={lines.data?.clear ?? false}
            departments={departments}
            people={people}
            actions={keeps('recordLeave') && button('line', t('exit.add'))}
            {...signing}
          />
        )}
      </PersonPage>
      <Suspense fallback={null}>
        {asked === 'stay' && <BeginStay person={person.id} departments={departments} onClose={close} />}
        {asked === 'training' && <RecordTraining person={person.id} onClose={close} />}
        {asked === 'leave' && <Leave person={person.id} name={text(person.name)} onClose={close} />}
        {asked === 'qualification' && <AddQualification person={person.id} onClose={close} />}
        {asked === 'line' && <AddLine person={person.id} departments={departments} onClose={close} />}
        {moving && <MoveStay stay={moving} onClose={() => setMoving(undefined)} />}
        {reading && <UndertakingDialog undertaking={reading} onClose={() => setReading(undefined)} />}
      </Suspense>
    </>
  );
}
