import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Page } from '@/app/Page';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { When } from '@/kit/When';
import { formatMinute } from '@/language/time';
import { usePerson } from '@/privilege/use-person';
import { Sentence } from './Sentence';
import styles from './Amendment.module.css';

/** How a document stood at a moment of its past. */
export function Component() {
  const { t } = useTranslation('amendment');
  const { id = '' } = useParams();
  const fault = useFault();
  const [wanted, setWanted] = useState<string | undefined>(() => new Date().toISOString());
  const [at, setAt] = useState<string>();
  const replay = queries.useQuery('get', '/api/documents/{id}/replay', { params: { path: { id }, query: { at: at ?? '' } } }, { enabled: at !== undefined, retry: false });
  const person = usePerson(replay.data?.names);
  return (
    <Page>
      <PageHead title={t('replay')} lead={t('replayLead')} />
      <div className={styles.parts}>
        <form
          className={styles.actions}
          onSubmit={(event) => {
            event.preventDefault();
            setAt(wanted);
          }}
        >
          <label htmlFor="replay-at">{t('replayAt')}</label>
          <span>
            <MomentInput id="replay-at" value={wanted} onChange={setWanted} />
          </span>
          <Button type="primary" htmlType="submit" loading={replay.isFetching}>
            {t('replayGo')}
          </Button>
        </form>
        {replay.error && <Notice tone="error">{fault(replay.error)}</Notice>}
        {replay.data && (
          <>
            <Notice>{t('replayed', { at: formatMinute(replay.data.at), version: replay.data.version, state: t(`docState.${replay.data.state}`) })}</Notice>
            <Panel title={replay.data.title}>
              {replay.data.sections.map(({ key, title, text }) => (
                <section key={key}>
                  <h3>{title}</h3>
                  <div className={styles.before}>{text}</div>
                </section>
              ))}
            </Panel>
            <Panel title={t('history')}>
              <ol className={styles.list}>
                {replay.data.events.map(({ at: when, verb, person: who, machine, version }, index) => (
                  <li key={index}>
                    <When at={when} /> · {person(who) || machine} · <Sentence verb={verb} /> {version ? `(${version})` : ''}
                  </li>
                ))}
              </ol>
            </Panel>
          </>
        )}
      </div>
    </Page>
  );
}
