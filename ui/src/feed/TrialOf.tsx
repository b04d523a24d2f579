import { useTranslation } from 'react-i18next';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { useText } from '@/language/text';
import type { FieldOfShape, Problem, Sample, Trial } from './feed';
import { useTallyFacts } from './tally';

/** What a run would take. */
export function TrialOf({ trial, fields }: { trial: Trial; fields: FieldOfShape[] }) {
  const { t } = useTranslation('feed');
  const text = useText();
  const called = (id: string | undefined) => {
    const field = fields.find((one) => one.id === id);
    return field ? text(field.name) : id;
  };
  const facts = useTallyFacts(trial.tally, called);
  const shown = fields.filter(({ id }) => trial.samples.some(({ values }) => values[id]));
  const samples: Column<Sample>[] = [
    { key: 'line', title: t('column.line'), width: '60px', align: 'end', render: ({ line }) => line },
    { key: 'what', title: t('column.what'), width: '90px', render: ({ fresh }) => <Pill tone={fresh ? 'success' : 'info'}>{t(fresh ? 'tally.fresh' : 'tally.changed')}</Pill> },
    ...(fields.length === 0 ? [{ key: 'file', title: t('rules.file'), render: ({ values }: Sample) => values.file }] : []),
    ...shown.map(({ id, name }): Column<Sample> => ({ key: id, title: text(name), render: ({ values, fields: said }) => (said.includes(id) ? <strong>{values[id]}</strong> : values[id]) })),
  ];
  const problems: Column<Problem>[] = [
    { key: 'line', title: t('column.line'), width: '60px', align: 'end', render: ({ line }) => line },
    { key: 'field', title: t('rules.field'), width: '170px', render: ({ field }) => called(field) },
    { key: 'rule', title: t('column.rule'), render: ({ rule }) => t(`rule.${rule}` as never) },
  ];
  return (
    <>
      {trial.why && (
        <Notice tone="error">
          {t(`why.${trial.why}` as never)} {trial.missing.join('、')}
        </Notice>
      )}
      <Facts facts={facts} />
      {trial.samples.length > 0 && <PlainTable label={t('trial.samples')} columns={samples} rows={trial.samples} rowKey={({ line }) => String(line)} empty="" />}
      {trial.problems.length > 0 && <PlainTable label={t('trial.problems')} columns={problems} rows={trial.problems} rowKey={({ line, rule, field }) => `${line} ${rule} ${field}`} empty="" />}
    </>
  );
}
