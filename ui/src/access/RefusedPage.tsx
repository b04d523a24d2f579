import { StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { Code } from '@/kit/Code';
import { Panel } from '@/kit/Panel';
import { Why, type Ladder } from '@/kit/Why';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import styles from './RefusedPage.module.css';
import type { Refusal } from './refusal';

export interface RefusedPageProps {
  refusal: Refusal;
  /** What was asked for, as far as the reader may know, e.g. “李** 的入院记录”. */
  what?: string;
  ladder: Omit<Ladder, 'way'>;
  /** Under which the log holds the cause. */
  trace: string;
}

/** Says no, why, and what can be done. */
export function RefusedPage({ refusal, what, ladder, trace }: RefusedPageProps) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const rule = refusal.conditions.find((condition) => !condition.met && condition.rule)?.rule;
  return (
    <Page narrow>
      <header className={styles.head}>
        <StopOutlined className={styles.icon} />
        <div>
          <h1>{t('refused.title')}</h1>
          <p>{what ? t('refused.what', { what }) : t('refused.nothing')}</p>
        </div>
      </header>
      <Panel>
        <Why
          verdict="refused"
          conditions={refusal.conditions.map((condition, index) => ({
            key: `${condition.name}-${index}`,
            name: term('condition', condition.name),
            met: condition.met,
            detail: text(condition.text),
            remedy: text(condition.remedy),
          }))}
          {...(rule && { rule })}
          ladder={{ way: refusal.way, ...ladder }}
        />
      </Panel>
      <p className={styles.note}>
        {t('refused.note')} <Code value={trace} copyable />
      </p>
    </Page>
  );
}
