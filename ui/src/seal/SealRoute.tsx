import { App, Form, Input, Radio } from 'antd';
import { useState } from 'react';
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
import { ToldSystems } from '@/recipient/ToldSystems';
import { PersonPicker } from '@/staff/PersonPicker';
import { OpenedLine } from './OpenedLine';
import type { SealSeen } from './seal';
import { SealPage, lookBackDays } from './SealPage';

export function Component() {
  const { id = '' } = useParams();
  const seal = queries.useQuery('get', '/api/seals/{id}', { params: { path: { id } } });
  const failure = failureOf(seal);
  if (failure) return <NotOpened error={failure} onRetry={() => void seal.refetch()} />;
  if (!seal.data) return <Waiting />;
  return <Known key={id} seal={seal.data} />;
}

function Known({ seal }: { seal: SealSeen }) {
  const { t } = useTranslation('seal');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const nameOf = useKnownPatient();
  const [days, setDays] = useState(lookBackDays[0] ?? 7);
  const [asked, setAsked] = useState<'unseal' | 'list'>();
  const of = { params: { path: { id: seal.id } } };
  const back = queries.useQuery('get', '/api/seals/{id}/look-back', { params: { path: { id: seal.id }, query: { days } } });
  const settled = {
    onSuccess: async () => {
      setAsked(undefined);
      await cache.invalidateQueries();
    },
  };
  const said = { ...settled, onError: (error: unknown) => void message.error(fault(error)) };
  const renew = queries.useMutation('post', '/api/seals/{id}/renew', said);
  const list = queries.useMutation('post', '/api/seals/{id}/people', said);
  const unseal = queries.useMutation('post', '/api/seals/{id}/unseal', settled);
  const dispute = seal.kind === 'dispute';
  return (
    <>
      <SealPage
        seal={seal}
        patientName={nameOf(seal.patient)}
        days={days}
        onDays={setDays}
        opened={back.data && (back.data.items ?? [])}
        openedFault={fault(back.error)}
        sentence={(opened) => <OpenedLine opened={opened} patientName={nameOf(seal.patient)} />}
        keeps={may(roles, 'keepSeals')}
        told={<ToldSystems subject={seal.id} />}
        busy={renew.isPending}
        onRenew={() => renew.mutate(of)}
        onUnseal={() => setAsked('unseal')}
        onList={() => setAsked('list')}
        onUnlist={(person) => list.mutate({ ...of, body: { person, off: true } })}
      />
      {asked === 'list' && (
        <FormDialog<{ person: string }> title={t('listAdd')} lead={t('listLead')} submit={t('listSubmit')} busy={list.isPending} onSubmit={({ person }) => list.mutate({ ...of, body: { person } })} onClose={() => setAsked(undefined)}>
          <Form.Item name="person" label={t('who')} rules={[{ required: true, message: t('required') }]}>
            <PersonPicker />
          </Form.Item>
        </FormDialog>
      )}
      {asked === 'unseal' && (
        <FormDialog<{ side?: string; words: string }>
          title={t(dispute ? 'agree' : 'unseal')}
          lead={t(dispute ? 'agreeLead' : 'unsealLead')}
          submit={t(dispute ? 'agreeSubmit' : 'unseal')}
          danger
          busy={unseal.isPending}
          error={fault(unseal.error)}
          {...(dispute && { initial: { side: 'hospital' } })}
          onSubmit={(body) => unseal.mutate({ ...of, body })}
          onClose={() => setAsked(undefined)}
        >
          {dispute && (
            <Form.Item name="side" label={t('side')}>
              <Radio.Group options={(['hospital', 'patient'] as const).map((value) => ({ value, label: t(`sides.${value}`) }))} />
            </Form.Item>
          )}
          <Form.Item name="words" label={t('why')} rules={[{ required: true, min: 4, message: t('whyShort') }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
