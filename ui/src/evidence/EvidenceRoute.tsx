import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { NotOpened } from '@/access/NotOpened';
import { queries, type Schemas } from '@/api/client';
import { failureOf } from '@/api/problem';
import { Page } from '@/app/Page';
import { Waiting } from '@/app/Waiting';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import type { Tone } from '@/kit/tone';
import { useText } from '@/language/text';
import { formatSecond } from '@/language/time';
import styles from './Evidence.module.css';

type Check = Schemas['ConsoleCheck'];

const tones: Record<string, Tone> = { met: 'success', 'not-met': 'error' };

/** What every room shows of itself, measured now. */
export function Component() {
  const { t } = useTranslation('evidence');
  const evidence = queries.useQuery('get', '/api/evidence', {}, { staleTime: 60_000 });
  const failure = failureOf(evidence);
  if (failure) return <NotOpened error={failure} what={t('title')} onRetry={() => void evidence.refetch()} />;
  if (!evidence.data) return <Waiting />;
  const checks = evidence.data.items ?? [];
  const met = checks.filter(({ finding }) => finding.verdict === 'met').length;
  return (
    <Page>
      <PageHead
        title={t('title')}
        lead={t('lead', { met, other: checks.length - met })}
        actions={
          <>
            <span className={styles.at}>{t('at', { at: formatSecond(new Date(evidence.dataUpdatedAt).toISOString()) })}</span>
            <Button icon={<ReloadOutlined />} loading={evidence.isFetching} onClick={() => void evidence.refetch()}>
              {t('again')}
            </Button>
          </>
        }
      />
      <div className={styles.rooms}>
        {byRoom(checks).map(([room, ofRoom]) => (
          <Panel key={room} title={t(`rooms.${room}` as never, { defaultValue: room })} extra={`${ofRoom.filter(({ finding }) => finding.verdict === 'met').length} / ${ofRoom.length}`} flush>
            <Checks checks={ofRoom} label={t(`rooms.${room}` as never, { defaultValue: room })} />
          </Panel>
        ))}
      </div>
    </Page>
  );
}

function Checks({ checks, label }: { checks: Check[]; label: string }) {
  const { t } = useTranslation('evidence');
  const text = useText();
  return (
    <table className={styles.checks} aria-label={label}>
      <thead>
        <tr>
          {(['verdict', 'check', 'figure', 'detail', 'demands'] as const).map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checks.map(({ id, title, finding, demands }) => (
          <tr key={id}>
            <td>
              <Pill tone={tones[finding.verdict] ?? 'warning'}>{t(`verdicts.${finding.verdict}` as never, { defaultValue: finding.verdict })}</Pill>
            </td>
            <td>{text(title)}</td>
            <td className={styles.figure}>{finding.figure}</td>
            <td className={styles.detail}>{text(finding.detail)}</td>
            <td className={styles.demands}>{(demands ?? []).join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The checks by the room that answers for them, which stands before the dot of their id. */
function byRoom(checks: Check[]): [string, Check[]][] {
  const rooms = new Map<string, Check[]>();
  for (const check of checks) {
    const room = check.id.split('.', 1)[0] ?? '';
    rooms.set(room, [...(rooms.get(room) ?? []), check]);
  }
  return [...rooms];
}
