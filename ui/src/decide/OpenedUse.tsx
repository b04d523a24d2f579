import { Button, Drawer, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { When } from '@/kit/When';
import { useRow, useText } from '@/language/text';
import { useTerm } from '@/language/terms';
import { usePerson } from '@/privilege/use-person';
import styles from './Decide.module.css';
import { settles, tones, type Use } from './use';
import { useWhat } from './use-what';

interface OpenedUseProps {
  use: Use;
  names: Record<string, Schemas['StaffName']> | undefined;
  onClose: () => void;
}

/** One use as its source told it, beside what the rules of its time say, and the verdict. */
export default function OpenedUse({ use, names, onClose }: OpenedUseProps) {
  const { t } = useTranslation('decide');
  const text = useText();
  const row = useRow();
  const term = useTerm();
  const person = usePerson(names);
  const what = useWhat();
  const { person: me, roles } = useSession();
  const [settling, setSettling] = useState(false);
  const { said } = use;
  const place = [said.place?.terminal, said.place?.ip].filter(Boolean).join(' · ');
  return (
    <Drawer
      open
      size="large"
      title={what(said)}
      onClose={onClose}
      extra={
        settles(use, me) && (
          <Button type="primary" onClick={() => setSettling(true)}>
            {t('settle.title')}
          </Button>
        )
      }
    >
      <div className={styles.parts}>
        <Notice tone={use.state === 'explained' ? 'success' : 'warning'} title={t(`decision.${use.decision}` as never, { defaultValue: use.decision })}>
          {text(use.rule) || t('noRule')}
        </Notice>
        {use.person === me && use.state === 'waiting' && <Notice tone="warning">{t('own')}</Notice>}
        <Facts
          facts={[
            { label: t('column.state'), value: <Pill tone={tones[use.state]}>{t(`state.${use.state}`)}</Pill> },
            { label: t('column.person'), value: person(use.person) || t('nobody', { value: said.person.number ?? said.person.account }) },
            { label: t('column.patient'), value: use.patient ? may(roles, 'findPatients') ? <Link to={`/patients/${use.patient}`}>{`…${use.patient.slice(-5)}`}</Link> : <Code value={use.patient} ends={5} /> : t('noPatient') },
            { label: t('column.source'), value: use.source },
            { label: t('column.event'), value: <Code value={use.event} copyable /> },
            { label: t('column.at'), value: <When at={use.at} as="second" /> },
            { label: t('column.received'), value: <When at={use.received} as="second" /> },
            { label: t('column.purpose'), value: term('purpose', said.purpose ?? 'care') },
            ...(place ? [{ label: t('column.place'), value: place }] : []),
            ...(said.why ? [{ label: t('column.why'), value: said.why }] : []),
            ...(use.conditions.length > 0 ? [{ label: t('column.conditions'), value: row(use.conditions.map((id) => t(`condition.${id}` as never, { defaultValue: id }))) }] : []),
            ...(use.settled ? [{ label: t('column.by'), value: <>{person(use.settledBy)} <When at={use.settled} /></> }] : []),
            ...(use.words ? [{ label: t('column.words'), value: use.words }] : []),
          ]}
        />
      </div>
      {settling && <Settle id={use.id} onClose={() => setSettling(false)} />}
    </Drawer>
  );
}

interface Verdict {
  outcome: 'accepted' | 'raised';
  words: string;
}

function Settle({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('decide');
  const fault = useFault();
  const settle = queries.useMutation('post', '/api/decide/uses/{id}/settle', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Verdict> title={t('settle.title')} lead={t('settle.lead')} submit={t('settle.submit')} busy={settle.isPending} error={fault(settle.error)} onSubmit={(body) => settle.mutate({ params: { path: { id } }, body })} onClose={onClose}>
      <Form.Item name="outcome" label={t('settle.outcome')} rules={[{ required: true, message: t('settle.choose') }]}>
        <Radio.Group className={styles.outcomes} options={(['accepted', 'raised'] as const).map((value) => ({ value, label: t(`settle.${value}`) }))} />
      </Form.Item>
      <Form.Item name="words" label={t('column.words')} rules={[{ required: true, whitespace: true, message: t('settle.say') }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
