import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { WordsDialog } from '@/kit/WordsDialog';
import { usePerson } from '@/privilege/use-person';
import type { Rule } from './amendment';
import styles from './Amendment.module.css';

/** By what rules documents are corrected; one proposes others and another releases them. */
export default function Rules() {
  const { t } = useTranslation('amendment');
  const { roles, person: me, purpose } = useSession();
  const fault = useFault();
  const seen = queries.useQuery('get', '/api/amendment-rules');
  const person = usePerson(seen.data?.names);
  const [written, setWritten] = useState<Rule[]>();
  const [asking, setAsking] = useState(false);
  const propose = queries.useMutation('post', '/api/amendment-rules', {
    onSuccess: async () => {
      setWritten(undefined);
      setAsking(false);
      await cache.invalidateQueries();
    },
  });
  const settle = queries.useMutation('post', '/api/amendment-rules/{id}/settle', { onSuccess: () => cache.invalidateQueries() });
  if (!seen.data) return <Waiting />;
  const waits = seen.data.releases.find(({ state }) => state === 'proposed');
  const proposes = may(roles, 'proposeCorrectionRules') && purpose !== 'care';
  const change = (index: number, more: Partial<Rule>) => setWritten(written?.map((rule, at) => (at === index ? { ...rule, ...more } : rule)));
  const refused = Object.values(seen.data.refused).reduce((sum, n) => sum + n, 0);
  return (
    <div className={styles.parts}>
      {settle.error && <Notice tone="error">{fault(settle.error)}</Notice>}
      {waits && (
        <Panel
          flush
          title={t('proposed', { number: waits.number })}
          extra={
            proposes &&
            waits.proposedBy !== me && (
              <span className={styles.actions}>
                <Button size="small" type="primary" onClick={() => settle.mutate({ params: { path: { id: waits.id } }, body: { agree: true } })}>
                  {t('settle')}
                </Button>
                <Button size="small" onClick={() => settle.mutate({ params: { path: { id: waits.id } }, body: { agree: false } })}>
                  {t('reject')}
                </Button>
              </span>
            )
          }
        >
          <p className={styles.list}>{person(waits.proposedBy)} · {waits.words}</p>
          <RuleTable rules={waits.rules} />
        </Panel>
      )}
      <Panel
        flush
        title={t('rulesNow', { number: seen.data.number || t('delivered') })}
        extra={proposes && !waits && (written ? <Button size="small" type="primary" onClick={() => setAsking(true)}>{t('propose')}</Button> : <Button size="small" onClick={() => setWritten(seen.data.rules)}>{t('propose')}</Button>)}
      >
        {written && <p className={styles.list}>{t('propHint')}</p>}
        <RuleTable rules={written ?? seen.data.rules} onChange={written && change} />
        <p className={styles.list}>{t('refusedCount', { count: refused })}</p>
      </Panel>
      {asking && written && (
        <WordsDialog title={t('propose')} lead={t('propHint')} label={t('why')} required={t('wordsRequired')} danger={false} busy={propose.isPending} error={fault(propose.error)} onSubmit={({ words }) => propose.mutate({ body: { rules: written, words } })} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

function RuleTable({ rules, onChange }: { rules: Rule[]; onChange?: ((index: number, more: Partial<Rule>) => void) | undefined }) {
  const { t } = useTranslation('amendment');
  const at = (rule: Rule) => rules.indexOf(rule);
  const columns: Column<Rule>[] = [
    { key: 'kind', title: t('column.docKind'), render: ({ kind }) => (kind === '*' ? t('kindAny') : kind) },
    { key: 'state', title: t('column.docState'), width: '120px', render: ({ state }) => t(`docState.${state}`) },
    {
      key: 'who',
      title: t('column.who'),
      width: '180px',
      render: (rule) => (onChange ? <Select size="small" aria-label={t('column.who')} value={rule.who} options={(['author', 'superior', 'either'] as const).map((value) => ({ value, label: t(`who.${value}`) }))} onChange={(who) => onChange(at(rule), { who })} /> : t(`who.${rule.who}`)),
    },
    {
      key: 'approval',
      title: t('column.approval'),
      width: '180px',
      render: (rule) => (onChange ? <Select size="small" aria-label={t('column.approval')} value={rule.approval} options={(['none', 'senior', 'medical-affairs'] as const).map((value) => ({ value, label: t(`approval.${value}`) }))} onChange={(approval) => onChange(at(rule), { approval })} /> : t(`approval.${rule.approval}`)),
    },
    {
      key: 'days',
      title: t('column.days'),
      width: '140px',
      render: (rule) => (onChange ? <InputNumber size="small" min={0} max={11000} aria-label={t('column.days')} value={rule.days} onChange={(days) => onChange(at(rule), { days: days ?? 0 })} /> : rule.days === 0 ? t('unlimited') : t('period', { count: rule.days })),
    },
  ];
  return <PlainTable label={t('tabs.rules')} columns={columns} rows={rules} rowKey={({ kind, state }) => kind + state} empty="" />;
}
