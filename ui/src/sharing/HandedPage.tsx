import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import type { Session } from '@/app/session';
import { Clock } from '@/kit/Clock';
import { Mark } from '@/kit/Mark';
import { PageHead } from '@/kit/PageHead';
import { Paper } from '@/kit/Paper';
import { useText } from '@/language/text';
import type { Handed, SeenCase } from './case';
import styles from './Sharing.module.css';

export interface HandedPageProps {
  one: SeenCase;
  handed: Handed;
  me: Session;
  onDone: () => void;
}

/** What the assistant shows to the requester, who takes nothing along. */
export function HandedPage({ one, handed, me, onDone }: HandedPageProps) {
  const { t } = useTranslation('sharing');
  const text = useText();
  return (
    <Page narrow>
      <Mark name={text(me.name)} staffNumber={me.number} at={handed.at} code={handed.id.slice(-8)} />
      <div className={styles.screen}>
        <PageHead
          title={t('shown.viewing')}
          lead={t('shown.viewingLead', { name: text(me.name) })}
          actions={
            <>
              {one.until && <Clock deadline={one.until} full />}
              <Button onClick={onDone}>{t('shown.end')}</Button>
            </>
          }
        />
      </div>
      <div className={styles.stamped}>
        {(handed.shown ?? []).map(({ document, title, version, sections }) => (
          <Paper key={document} organisation={text(me.organisation)} title={title} facts={[]} sections={sections ?? []} signatures={[]} version={version} />
        ))}
      </div>
    </Page>
  );
}
