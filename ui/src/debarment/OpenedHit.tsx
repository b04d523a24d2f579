import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { When } from '@/kit/When';
import { WordsDialog } from '@/kit/WordsDialog';
import { usePerson } from '@/privilege/use-person';
import { kindOfAbout, placeOf, verdicts, type Hit, type Names } from './debarment';
import styles from './Debarment.module.css';
import { StateOf } from './StateOf';

interface OpenedHitProps {
  hit: Hit;
  names: Names | undefined;
  onClose: () => void;
}

type Verdict = ReturnType<typeof verdicts>[number];

/** One hit: who was named beside who is barred, and what a person says of it. */
export default function OpenedHit({ hit, names, onClose }: OpenedHitProps) {
  const { t } = useTranslation('debarment');
  const { person: me, roles } = useSession();
  const fault = useFault();
  const person = usePerson(names);
  const [saying, setSaying] = useState<Verdict>();
  const judge = queries.useMutation('post', '/api/debarments/hits/{id}/judge', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      setSaying(undefined);
    },
  });
  const open = verdicts(hit);
  const own = hit.person === me;
  const place = placeOf(hit);
  return (
    <Drawer
      open
      size="large"
      title={hit.name || hit.number}
      onClose={onClose}
      extra={
        may(roles, 'settleDebarments') &&
        !own && (
          <div className={styles.buttons}>
            {open.map((verdict) => (
              <Button key={verdict} danger={verdict === 'same'} type={verdict === 'same' ? 'default' : 'primary'} onClick={() => setSaying(verdict)}>
                {t(`judge.${verdict}.title`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <div className={styles.parts}>
        {open.length > 0 && <Notice tone="warning">{t(own ? 'judge.own' : `judge.waits.${hit.how === 'name' ? 'name' : 'certain'}`)}</Notice>}
        {place && (
          <Notice tone="info">
            {t('judge.stands')} <Link to={place}>{t('judge.go')}</Link>
          </Notice>
        )}
        <Facts
          facts={[
            { label: t('column.state'), value: <StateOf state={hit.state} /> },
            { label: t('column.named'), value: [hit.name, hit.number].filter(Boolean).join(' · ') },
            { label: t('column.barred'), value: hit.barred || t('destroyed') },
            { label: t('column.how'), value: t(`how.${hit.how}`) },
            { label: t('column.about'), value: t(`about.${kindOfAbout(hit.about)}` as never, { defaultValue: hit.about }) },
            { label: t('column.tried'), value: hit.verb === 'standing' ? t('stood') : person(hit.person) },
            { label: t('column.times'), value: hit.times },
            { label: t('column.first'), value: <When at={hit.first} /> },
            { label: t('column.last'), value: <When at={hit.last} /> },
            ...(hit.judged && hit.judgedBy ? [{ label: t('column.judgedBy'), value: <>{person(hit.judgedBy)} <When at={hit.judged} /></> }] : []),
            ...(hit.words ? [{ label: t('column.words'), value: hit.words }] : []),
            ...(hit.until ? [{ label: t('column.counts'), value: <When at={hit.until} /> }] : []),
          ]}
        />
      </div>
      {saying && (
        <WordsDialog
          title={t(`judge.${saying}.title`)}
          lead={t(`judge.${saying}.lead`)}
          label={t('why')}
          required={t('required')}
          danger={saying === 'same'}
          busy={judge.isPending}
          error={fault(judge.error)}
          onSubmit={({ words }) => judge.mutate({ params: { path: { id: hit.id } }, body: { verdict: saying, words } })}
          onClose={() => setSaying(undefined)}
        />
      )}
    </Drawer>
  );
}
