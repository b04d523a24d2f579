import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { failureOf } from '@/api/problem';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { useText } from '@/language/text';
import { formatMinute } from '@/language/time';
import { usePerson } from '@/privilege/use-person';
import type { Rule } from './order';
import { OrderFrame } from './OrderFrame';

/** Which allergies, results and stops are against which orders: what counts, what waits, and what comes with the program. */
export function Component() {
  const rules = queries.useQuery('get', '/api/orders/rules', {});
  const failure = failureOf(rules);
  if (failure) return <NotOpened error={failure} onRetry={() => void rules.refetch()} />;
  return <OrderFrame tab="rules">{rules.data ? <Sets {...rules.data} /> : <Waiting />}</OrderFrame>;
}

interface Set {
  number: number;
  rules: Rule[];
  madeBy: string;
  made: string;
  approvedBy?: string;
  approved?: string;
}

function Sets({ inForce, waiting, starter, names }: { inForce?: Set; waiting?: Set; starter: Rule[]; names: NonNullable<Parameters<typeof usePerson>[0]> }) {
  const { t } = useTranslation('order');
  const { roles } = useSession();
  const person = usePerson(names);
  const fault = useFault();
  const again = { onSuccess: () => cache.invalidateQueries() };
  const load = queries.useMutation('post', '/api/orders/rules', again);
  const approve = queries.useMutation('post', '/api/orders/rules/approve', again);
  const error = load.error ?? approve.error;
  return (
    <>
      {error && <Notice tone="error">{fault(error)}</Notice>}
      {waiting && (
        <Panel
          flush
          title={t('rules.waiting', { n: waiting.number, by: person(waiting.madeBy), at: formatMinute(waiting.made) })}
          extra={may(roles, 'approveOrderRules') && <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate({ body: { number: waiting.number } })}>{t('rules.approve')}</Button>}
        >
          <Table label={t('rules.tab')} rules={waiting.rules} />
        </Panel>
      )}
      {inForce ? (
        <Panel flush title={t('rules.inForce', { n: inForce.number, by: person(inForce.approvedBy), at: inForce.approved ? formatMinute(inForce.approved) : '' })}>
          <Table label={t('rules.title')} rules={inForce.rules} />
        </Panel>
      ) : (
        <Notice tone="warning">{t('rules.none')}</Notice>
      )}
      {!inForce && !waiting && (
        <Panel flush title={t('rules.starter')} extra={<Button loading={load.isPending} onClick={() => load.mutate({ body: { rules: starter } })}>{t('rules.load')}</Button>}>
          <Table label={t('rules.starter')} rules={starter} />
        </Panel>
      )}
    </>
  );
}

function Table({ label, rules }: { label: string; rules: Rule[] }) {
  const { t } = useTranslation('order');
  const text = useText();
  const columns: Column<Rule>[] = [
    { key: 'kind', title: t('column.kind'), width: '110px', render: ({ kind }) => t(`kind.${kind}`) },
    { key: 'order', title: t('column.order'), width: '200px', render: ({ order }) => [...(order.words ?? []), ...(order.codes ?? [])].join(t('separator')) },
    { key: 'say', title: t('column.why'), render: ({ say }) => text(say) },
    { key: 'alternatives', title: t('column.alternatives'), render: ({ alternatives }) => alternatives.map(text).join(t('between')) },
    { key: 'origin', title: t('column.origin'), render: ({ origin }) => origin },
  ];
  return <PlainTable label={label} columns={columns} rows={rules} rowKey={({ id }) => id} empty="–" />;
}
