import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { PlainTable } from '@/kit/PlainTable';
import { useRow, useText, type Text } from '@/language/text';
import { formatMinute } from '@/language/time';
import styles from './Policy.module.css';

interface TriedProps {
  tried: Schemas['TriedOut'];
  people: Record<string, Text>;
  patientName: (id: string) => string;
}

/** What the trial of a release came to. */
export function Tried({ tried, people, patientName }: TriedProps) {
  const { t } = useTranslation('policy');
  const text = useText();
  const row = useRow();
  const { trial } = tried;
  return (
    <>
      {!tried.passed && <Notice tone="warning">{t('release.notPassed')}</Notice>}
      <Panel title={t('release.outcomes')} flush>
        <PlainTable
          label={t('release.outcomes')}
          rows={(tried.outcomes ?? []).map((outcome, index) => ({ ...outcome, index }))}
          rowKey={({ index }) => String(index)}
          empty=""
          columns={[
            { key: 'case', title: t('release.caseName'), render: ({ case: name }) => name },
            { key: 'passed', title: t('releases.state'), width: '110px', render: ({ passed }) => <Pill tone={passed ? 'success' : 'error'}>{t(passed ? 'release.passed' : 'release.failed')}</Pill> },
            { key: 'came', title: t('release.becomes'), width: '110px', render: ({ allowed }) => t(allowed ? 'release.allowed' : 'release.refused') },
            { key: 'by', title: '', render: ({ rules, wrong }) => (wrong ? t('release.wrong', { what: wrong }) : rules?.length ? t('release.by', { rules: row(rules) }) : '') },
          ]}
        />
      </Panel>
      {!tried.problems?.length && (
        <Panel title={t('release.trial')}>
          <p>{t('release.asked', { count: trial.asked, refused: trial.newlyRefused, allowed: trial.newlyAllowed })}</p>
          {trial.unlike > 0 && <p className={styles.note}>{t('release.unlike', { count: trial.unlike })}</p>}
          <PlainTable
            label={t('release.trial')}
            rows={trial.changed ?? []}
            rowKey={({ entry }) => entry}
            empty={t('release.changedEmpty')}
            columns={[
              { key: 'at', title: t('release.at'), width: '160px', render: ({ at }) => formatMinute(at) },
              { key: 'who', title: t('release.person'), width: '140px', render: ({ person }) => text(people[person]) || `…${person.slice(-4)}` },
              { key: 'verb', title: t('release.verb'), width: '170px', render: ({ verb }) => verb },
              { key: 'patient', title: t('release.kind'), render: ({ patient }) => patientName(patient) },
              { key: 'becomes', title: t('release.becomes'), width: '110px', render: ({ allowed }) => <Pill tone={allowed ? 'warning' : 'error'}>{t(allowed ? 'release.allowed' : 'release.refused')}</Pill> },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
