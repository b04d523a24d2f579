import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { DiffView } from '@/kit/diff/DiffView';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import { StepsBar } from '@/kit/StepsBar';
import { useTerm } from '@/language/terms';
import { useText, type Text } from '@/language/text';
import { formatMinute } from '@/language/time';
import styles from './Policy.module.css';
import { StateOfRelease } from './ReleasesPage';
import { Tried } from './Tried';

export type Seen = Schemas['AccessSeen'];
export type Words = Schemas['WordsOut'];
export type Draft = Pick<Schemas['AccessRelease'], 'title' | 'rules' | 'cases' | 'limits'>;
type Problem = Schemas['PolicyProblem'];

interface ReleasePageProps {
  /** Absent for one that was never saved. */
  seen: Seen | undefined;
  /** What the form begins with. */
  draft: Draft;
  words: Words;
  people: Record<string, Text>;
  tried: Schemas['TriedOut'] | undefined;
  patientName: (id: string) => string;
  problems: Problem[] | undefined;
  busy: boolean;
  error: string | undefined;
  /** Absent where the reader only looks. */
  onSave: ((draft: Draft) => void) | undefined;
  onRules: (rules: string) => void;
  /** What else may be done: try, review, date, copy. */
  actions: ReactNode;
}

/** One release: its rules with what is wrong by line, its cases, its way and its history. */
export function ReleasePage({ seen, draft, words, people, tried, patientName, problems, busy, error, onSave, onRules, actions }: ReleasePageProps) {
  const { t } = useTranslation('policy');
  return (
    <Page>
      <PageHead title={seen ? t('release.title', { number: seen.number }) : t('release.new')} lead={seen && <StateOfRelease release={seen} />} actions={actions} />
      <div className={styles.parts}>
        {seen && <Way seen={seen} />}
        {error && <Notice tone="error">{error}</Notice>}
        {!onSave && seen?.state === 'dated' && <Notice>{t('release.locked')}</Notice>}
        <Form<Draft> layout="vertical" initialValues={draft} disabled={!onSave} onFinish={(values) => onSave?.({ ...values, cases: values.cases ?? [] })} className={styles.parts} requiredMark={false}>
          <Panel>
            <div className={styles.limits}>
              <Form.Item name="title" label={t('release.name')} rules={[{ required: true, whitespace: true, message: t('releases.must') }]}>
                <Input maxLength={80} placeholder={t('release.namePlaceholder')} />
              </Form.Item>
              <Form.Item name={['limits', 'reasonHours']} label={t('release.reason')}>
                <InputNumber min={1} max={24} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['limits', 'glassHours']} label={t('release.glass')}>
                <InputNumber min={1} max={8} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['limits', 'freezeAfter']} label={t('release.freezeAfter')}>
                <InputNumber min={3} max={100} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['limits', 'freezeMinutes']} label={t('release.freezeMinutes')}>
                <InputNumber min={5} max={1440} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['limits', 'freezeHours']} label={t('release.freezeHours')}>
                <InputNumber min={1} max={72} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name={['limits', 'idleDays']} label={t('release.idleDays')}>
                <InputNumber min={14} max={365} precision={0} placeholder={t('release.asDelivered')} style={{ width: '100%' }} />
              </Form.Item>
            </div>
            <Form.Item name="rules" label={t('release.rules')} extra={t('release.rulesHint')} className={styles.editor}>
              <Input.TextArea autoSize={{ minRows: 8, maxRows: 28 }} spellCheck={false} maxLength={60_000} onChange={(event) => onRules(event.target.value)} />
            </Form.Item>
            <Problems problems={problems} />
          </Panel>
          <Panel title={t('release.cases')}>
            <p className={styles.note}>{t('release.casesHint')}</p>
            <Cases words={words} locked={!onSave} />
          </Panel>
          {onSave && (
            <div className={styles.foot}>
              <Button type="primary" htmlType="submit" loading={busy}>
                {t('release.save')}
              </Button>
            </div>
          )}
        </Form>
        {tried && <Tried tried={tried} people={people} patientName={patientName} />}
        {seen && seen.before?.id !== seen.id && <Difference seen={seen} />}
        {seen && <History seen={seen} people={people} />}
      </div>
    </Page>
  );
}

function Problems({ problems }: { problems: Problem[] | undefined }) {
  const { t } = useTranslation('policy');
  const text = useText();
  if (!problems) return null;
  if (problems.length === 0) return <p className={styles.note}>{t('release.fine')}</p>;
  return (
    <ul className={styles.problems} role="alert">
      {problems.map((problem, index) => (
        <li key={index}>
          <strong>{problem.line > 0 ? t('release.line', { line: problem.line }) : t('release.whole')}</strong>
          <span>{text(problem.text)}</span>
        </li>
      ))}
    </ul>
  );
}

const levels = [0, 1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));

function Cases({ words, locked }: { words: Words; locked: boolean }) {
  const { t } = useTranslation('policy');
  const text = useText();
  const term = useTerm();
  const searched = { showSearch: { optionFilterProp: 'label' } } as const;
  return (
    <Form.List name="cases">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.case}>
              <Form.Item name={[name, 'name']} label={t('release.caseName')} className={styles.wide} rules={[{ required: true, whitespace: true, message: t('releases.must') }]}>
                <Input maxLength={80} />
              </Form.Item>
              <Form.Item name={[name, 'expect']} label={t('release.expect')}>
                <Select
                  options={[
                    { value: true, label: t('release.allowed') },
                    { value: false, label: t('release.refused') },
                  ]}
                />
              </Form.Item>
              <Form.Item name={[name, 'roles']} label={t('release.roles')}>
                <Select mode="multiple" {...searched} options={(words.roles ?? []).map(({ id, name: called }) => ({ value: id, label: text(called) }))} />
              </Form.Item>
              <Form.Item name={[name, 'verb']} label={t('release.verb')} rules={[{ required: true, message: t('releases.must') }]}>
                <Select {...searched} options={(words.verbs ?? []).map(({ id }) => ({ value: id, label: id }))} />
              </Form.Item>
              <Form.Item noStyle dependencies={[['cases', name, 'verb']]}>
                {({ getFieldValue }) => (
                  <Form.Item name={[name, 'kind']} label={t('release.kind')} rules={[{ required: true, message: t('releases.must') }]}>
                    <Select options={(words.verbs?.find(({ id }) => id === getFieldValue(['cases', name, 'verb']))?.kinds ?? []).map((value) => ({ value, label: value }))} />
                  </Form.Item>
                )}
              </Form.Item>
              <Form.Item name={[name, 'purpose']} label={t('release.purpose')}>
                <Select options={(words.purposes ?? []).map(({ id }) => ({ value: id, label: term('purpose', id) }))} />
              </Form.Item>
              <Form.Item name={[name, 'clearance']} label={t('release.clearance')}>
                <Select options={levels} />
              </Form.Item>
              <Form.Item name={[name, 'level']} label={t('release.level')}>
                <Select options={levels} />
              </Form.Item>
              <Form.Item name={[name, 'holds']} label={t('release.holds')} className={styles.wide}>
                <Select mode="multiple" {...searched} options={(words.facts ?? []).map((value) => ({ value, label: value }))} />
              </Form.Item>
              {!locked && (
                <Button type="text" danger icon={<DeleteOutlined />} onClick={() => remove(name)}>
                  {t('release.removeCase')}
                </Button>
              )}
            </div>
          ))}
          {!locked && (
            <Button icon={<PlusOutlined />} onClick={() => add({ expect: false, roles: [], purpose: 'care', clearance: 3, level: 2 })}>
              {t('release.addCase')}
            </Button>
          )}
        </>
      )}
    </Form.List>
  );
}

const way = ['draft', 'tried', 'reviewed', 'dated'] as const;

function Way({ seen }: { seen: Seen }) {
  const { t } = useTranslation('policy');
  const here = way.indexOf(seen.state);
  return (
    <StepsBar
      label={t('release.steps')}
      steps={way.map((key, index) => ({ key, title: t(`states.${key}`), state: index <= here ? 'done' : index === here + 1 ? 'current' : 'waiting' }))}
    />
  );
}

function Difference({ seen }: { seen: Seen }) {
  const { t } = useTranslation('policy');
  const side = (of: Pick<Seen, 'rules' | 'limits'> | undefined) => {
    const plain = (n: number | undefined) => n ?? t('release.asDelivered');
    const hours = (n: number | undefined) => (n ? t('release.hours', { n }) : t('release.asDelivered'));
    return [
      { key: 'rules', title: t('release.rules'), text: of?.rules ?? '' },
      { key: 'limits', title: t('release.limitsSection'), text: t('release.limitsText', { reason: hours(of?.limits.reasonHours), glass: hours(of?.limits.glassHours), after: plain(of?.limits.freezeAfter), minutes: plain(of?.limits.freezeMinutes), freeze: hours(of?.limits.freezeHours), idle: plain(of?.limits.idleDays) }) },
    ];
  };
  return (
    <Panel title={t('release.diff')}>
      <DiffView
        before={{ label: seen.before ? t('releases.inForce', { number: seen.before.number, title: seen.before.title }) : t('release.nothingInForce'), sections: side(seen.before) }}
        after={{ label: t('releases.inForce', { number: seen.number, title: seen.title }), sections: side(seen) }}
      />
    </Panel>
  );
}

function History({ seen, people }: { seen: Seen; people: Record<string, Text> }) {
  const { t } = useTranslation('policy');
  const text = useText();
  return (
    <Panel title={t('release.history')} flush>
      <PlainTable
        label={t('release.history')}
        rows={(seen.steps ?? []).map((step, index) => ({ ...step, index }))}
        rowKey={({ index }) => String(index)}
        empty=""
        columns={[
          { key: 'at', title: t('release.at'), width: '160px', render: ({ at }) => formatMinute(at) },
          { key: 'kind', title: t('releases.state'), width: '140px', render: ({ kind }) => t(`steps.${kind}`) },
          { key: 'who', title: t('release.person'), width: '160px', render: ({ person }) => text(seen.names[person] ?? people[person]) || `…${person.slice(-4)}` },
          { key: 'words', title: t('release.words'), render: ({ words: said }) => said ?? '' },
        ]}
      />
    </Panel>
  );
}
