import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forget } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Sign } from '@/app/Brand';
import styles from './LockedRoute.module.css';
import { knowsPasskeys } from './passkeys';
import { faultOf, wantsCode } from './second-step';
import { ShowForm } from './ShowForm';
import { shownPasskey } from './use-passkey';

interface LockedRouteProps {
  /** Somebody else signs in here, which ends the locked session. */
  onOther: () => void;
}

/** A locked screen: its person goes on where he was, or somebody else signs in. */
export function LockedRoute({ onOther }: LockedRouteProps) {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const [asks, setAsks] = useState<'password' | 'code'>('password');
  const unlock = queries.useMutation('post', '/api/identity/unlock', {
    onError: (error) => setAsks((before) => (wantsCode(error) ? 'code' : before)),
    onSuccess: () => {
      forget();
      window.location.reload();
    },
  });
  return (
    <main className={styles.page}>
      <section className={styles.card} aria-labelledby="locked-title">
        <Sign size={36} />
        <h1 id="locked-title">{t('locked.title')}</h1>
        <p className={styles.lead}>{t('locked.lead')}</p>
        <ShowForm key={asks} asks={asks} busy={unlock.isPending} error={fault(faultOf(unlock.error))} submit={t('locked.unlock')} onShow={(body) => unlock.mutate({ body })} />
        {knowsPasskeys() && (
          <Button block onClick={() => void shownPasskey().then((body) => unlock.mutate({ body }), () => undefined)}>
            {t('ways.passkey')}
          </Button>
        )}
        <Button type="link" onClick={onOther}>
          {t('locked.other')}
        </Button>
      </section>
    </main>
  );
}
