import { Form, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useKnownPatient } from '@/access/live-reasons';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { FormDialog } from '@/kit/FormDialog';
import { handOver as toPrinter } from '@/output/hand-over';
import { Printed } from '@/output/Printed';
import type { Doing, Handed, Handover, SeenCase } from './case';
import { CasePage } from './CasePage';
import { HandedPage } from './HandedPage';
import { useRequesters } from './use-requesters';

const FixMasking = lazy(() => import('./FixMasking'));
const FixScope = lazy(() => import('./FixScope'));
const HandOver = lazy(() => import('./HandOver'));
const TakeBack = lazy(() => import('./TakeBack'));

export function Component() {
  const { id = '' } = useParams();
  const seen = queries.useQuery('get', '/api/sharing/cases/{id}', { params: { path: { id } } });
  const failure = failureOf(seen);
  if (failure) return <NotOpened error={failure} onRetry={() => void seen.refetch()} />;
  if (!seen.data) return <Waiting />;
  return <Known key={id} one={seen.data} />;
}

function Known({ one }: { one: SeenCase }) {
  const { t } = useTranslation('sharing');
  const fault = useFault();
  const me = useSession();
  const requester = useRequesters().find(({ id }) => id === one.kind);
  const opensPatients = may(me.roles, 'findPatients');
  const patient = queries.useQuery('get', '/api/patients/{id}', { params: { path: { id: one.patient } } }, { enabled: opensPatients && me.purpose !== 'management', retry: false });
  const nameOf = useKnownPatient();
  const [asked, setAsked] = useState<Doing>();
  const [back, setBack] = useState<Handover>();
  const [handed, setHanded] = useState<Handed>();
  const of = { params: { path: { id: one.id } } };
  const settled = {
    onSuccess: async () => {
      setAsked(undefined);
      await cache.invalidateQueries();
    },
  };
  const check = queries.useMutation('post', '/api/sharing/cases/{id}/check', settled);
  const approve = queries.useMutation('post', '/api/sharing/cases/{id}/approve', settled);
  const confirm = queries.useMutation('post', '/api/sharing/cases/{id}/confirm', settled);
  const close = queries.useMutation('post', '/api/sharing/cases/{id}/close', settled);
  const refuse = queries.useMutation('post', '/api/sharing/cases/{id}/refuse', settled);
  const purpose = queries.useMutation('post', '/api/session/purpose', settled);
  const steps = [check, approve, confirm, close];
  const stop = () => setAsked(undefined);

  const go = (doing: Doing) => {
    steps.forEach((step) => step.reset());
    if (doing === 'check') check.mutate(of);
    else if (doing === 'approve' || doing === 'review') approve.mutate(of);
    else if (doing === 'confirm') confirm.mutate(of);
    else if (doing === 'close') close.mutate(of);
    else setAsked(doing);
  };
  const onHanded = (made: Handed) => {
    setHanded(made);
    stop();
    void cache.invalidateQueries();
    if (made.copy?.file && made.copy.media) void toPrinter({ id: made.copy.serial, media: made.copy.media, file: made.copy.file });
  };
  const done = () => setHanded(undefined);
  if (handed && !handed.copy) return <HandedPage one={one} handed={handed} me={me} onDone={done} />;
  return (
    <>
      <CasePage
        one={one}
        requester={requester}
        patientName={patient.data?.name ?? one.called ?? nameOf(one.patient)}
        me={me}
        opensPatients={opensPatients}
        busy={steps.some(({ isPending }) => isPending)}
        error={fault(steps.find(({ error }) => error)?.error ?? purpose.error)}
        onDo={go}
        onPurpose={(chosen) => purpose.mutate({ body: { purpose: chosen } })}
        onTakeBack={setBack}
      />
      <Suspense fallback={null}>
        {asked === 'fix-scope' && <FixScope one={one} onClose={stop} />}
        {asked === 'fix-masking' && <FixMasking one={one} onClose={stop} />}
        {asked === 'hand-over' && <HandOver one={one} onHanded={onHanded} onClose={stop} />}
        {handed?.copy && <Printed made={handed.copy} onClose={done} />}
        {back && <TakeBack caseId={one.id} handover={back} onClose={() => setBack(undefined)} />}
      </Suspense>
      {asked === 'refuse' && (
        <FormDialog<{ words: string }> title={t('refuseTitle')} lead={t('refuseLead')} submit={t('do.refuse')} danger busy={refuse.isPending} error={fault(refuse.error)} onSubmit={(body) => refuse.mutate({ ...of, body })} onClose={stop}>
          <Form.Item name="words" label={t('refuseWords')} rules={[{ required: true, message: t('required') }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
