import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { Clock } from '@/kit/Clock';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { unsigned } from './promise';
import styles from './UndertakingBanner.module.css';

const SignUndertaking = lazy(() => import('./SignUndertaking'));
const anHour = 60 * 60 * 1000;

/** Stands over every page until everything that one must sign is signed; it is signed in place. */
export default function UndertakingBanner() {
  const { t } = useTranslation('staff');
  const text = useText();
  const [signing, setSigning] = useState(false);
  const mine = queries.useQuery('get', '/api/undertakings/mine', {}, { staleTime: anHour });
  const [first, ...others] = unsigned(mine.data?.items ?? []);
  if (!first) return null;
  return (
    <div className={styles.banner}>
      <Notice
        tone={first.state === 'lapsed' ? 'error' : 'warning'}
        title={
          <span className={styles.words}>
            {t(first.state === 'lapsed' ? 'undertakings.bannerLapsed' : 'undertakings.bannerDue', { title: text(first.undertaking.title) })}
            {first.state === 'due' && first.until && <Clock deadline={first.until} />}
            {others.length > 0 && t('undertakings.bannerMore', { count: others.length })}
          </span>
        }
        action={
          <Button size="small" type="primary" onClick={() => setSigning(true)}>
            {t('undertakings.readAndSign')}
          </Button>
        }
      />
      {signing && (
        <Suspense fallback={null}>
          <SignUndertaking undertaking={first.undertaking} onClose={() => setSigning(false)} />
        </Suspense>
      )}
    </div>
  );
}
