import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { classes } from '@/kit/classes';
import { Panel } from '@/kit/Panel';
import type { TablePage } from '@/kit/table/DataTable';
import { formatDay } from '@/language/time';
import { Lines } from './Lines';
import type { Line } from './Sentence';
import styles from './Readers.module.css';

interface MyUsePageProps {
  use: Schemas['MyUseOut'] | undefined;
  page: TablePage<Line>;
}

/** How one used patients' information in a month, and what was refused. */
export function MyUsePage({ use, page }: MyUsePageProps) {
  const { t } = useTranslation('ledger');
  return (
    <Page>
      <PageHead title={t('mine.title')} lead={t('mine.lead')} />
      {use && (
        <Panel>
          <Facts
            facts={[
              { label: t('mine.since'), value: formatDay(use.from) },
              ...(use.kinds ?? []).map(({ use: kind, n }) => ({ label: t(`use.${kind}`), value: n })),
              { label: t('mine.reasons'), value: use.reasons },
              { label: t('mine.glass'), value: use.glass },
              { label: t('mine.unmasked'), value: use.unmasked },
              { label: t('mine.refused'), value: t('mine.rate', { refused: use.refused, rate: use.perThousand.toFixed(1) }) },
            ]}
          />
        </Panel>
      )}
      <div className={classes(styles.readers, styles.mine)}>
        <h2>{t('mine.alerts')}</h2>
        {use?.refused === 0 && <Notice tone="success">{t('mine.none')}</Notice>}
        {use !== undefined && use.refused > 0 && <Lines page={page} people={use.refusals.people} names={use.refusals.patients} />}
      </div>
    </Page>
  );
}
