import { Button, DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { When } from '@/kit/When';
import { useTerm } from '@/language/terms';
import { useText, type Text } from '@/language/text';
import { rolesShown } from '@/staff/roles-shown';
import styles from './SimulatePage.module.css';

export type Trial = Schemas['AccessTrial'];

export interface Candidate {
  day: Dayjs;
  withoutTies: string[];
  role?: string;
  instead?: string;
  maxLevel?: number;
}

export interface SimulatePageProps {
  trial?: Trial | undefined;
  people: Record<string, Text>;
  patientName: (id: string) => string;
  busy: boolean;
  error?: string | undefined;
  onTry: (candidate: Candidate) => void;
}

const ties = ['reason', 'glass', 'grant', 'task', 'duty', 'care'] as const;
const levels = [1, 2, 3, 4, 5];
const sums = ['newlyRefused', 'newlyAllowed', 'stillAllowed', 'stillRefused'] as const;

/** Tries a change of rules on what really happened on a day. */
export function SimulatePage({ trial, people, patientName, busy, error, onTry }: SimulatePageProps) {
  const { t } = useTranslation('access');
  const term = useTerm();
  const roles = rolesShown.map((value) => ({ value, label: term('role', value) }));
  const yesterday = dayjs().subtract(1, 'day');
  return (
    <Page>
      <PageHead title={t('simulate.title')} lead={t('simulate.lead')} />
      <div className={styles.parts}>
        <Panel>
          <Form<Candidate> layout="vertical" className={styles.form} initialValues={{ day: yesterday, withoutTies: [] }} onFinish={onTry}>
            <Form.Item name="day" label={t('simulate.day')}>
              <DatePicker allowClear={false} maxDate={dayjs()} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="withoutTies" label={t('simulate.without')}>
              <Select mode="multiple" options={ties.map((value) => ({ value, label: t(`simulate.ties.${value}`) }))} />
            </Form.Item>
            <Form.Item name="role" label={t('simulate.role')}>
              <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={roles} />
            </Form.Item>
            <Form.Item name="instead" label={t('simulate.instead')}>
              <Select allowClear placeholder={t('simulate.nothing')} showSearch={{ optionFilterProp: 'label' }} options={roles} />
            </Form.Item>
            <Form.Item name="maxLevel" label={t('simulate.level')}>
              <Select allowClear placeholder={t('simulate.same')} options={levels.map((value) => ({ value, label: String(value) }))} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('simulate.run')}
            </Button>
          </Form>
        </Panel>
        {error && <Notice tone="error">{error}</Notice>}
        {trial && <Outcome trial={trial} people={people} patientName={patientName} />}
      </div>
    </Page>
  );
}

function Outcome({ trial, people, patientName }: { trial: Trial } & Pick<SimulatePageProps, 'people' | 'patientName'>) {
  const { t } = useTranslation('access');
  const text = useText();
  return (
    <>
      <dl className={styles.sums}>
        {sums.map((sum) => (
          <div key={sum} className={styles.sum}>
            <dt>{t(`simulate.${sum}`)}</dt>
            <dd>{trial[sum]}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        {t('simulate.asked', { count: trial.asked })}
        {trial.unlike > 0 && ` · ${t('simulate.unlike', { count: trial.unlike })}`}
        {trial.more && ` · ${t('simulate.more')}`}
      </p>
      <Panel title={t('simulate.changed')} flush>
        <PlainTable
          label={t('simulate.changed')}
          rows={trial.changed ?? []}
          rowKey={({ entry }) => entry}
          empty={t('simulate.unchanged')}
          columns={[
            { key: 'at', title: t('simulate.at'), width: '170px', render: ({ at }) => <When at={at} as="second" /> },
            { key: 'who', title: t('simulate.who'), width: '160px', render: ({ person }) => text(people[person]) || `…${person.slice(-4)}` },
            { key: 'verb', title: t('simulate.verb'), width: '170px', render: ({ verb }) => t(`grants.acts.${verb.replace('.', '-')}` as never, { defaultValue: verb }) },
            { key: 'patient', title: t('simulate.patient'), render: ({ patient }) => patientName(patient) },
            { key: 'becomes', title: t('simulate.becomes'), width: '120px', render: ({ allowed }) => <Pill tone={allowed ? 'warning' : 'error'}>{t(allowed ? 'simulate.allowed' : 'simulate.refused')}</Pill> },
          ]}
        />
      </Panel>
    </>
  );
}
