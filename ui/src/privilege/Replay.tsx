import { Button, Drawer, Slider } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import type { PrivilegedSession } from './privilege';
import { shownAt, lengthOf } from './replay';
import styles from './Privilege.module.css';

const frame = 200;
const speed = 4;

/** Replays what a session recorded, as text, from any moment on. */
export default function Replay({ session, onClose }: { session: PrivilegedSession; onClose: () => void }) {
  const { t } = useTranslation('privilege');
  const fault = useFault();
  const transcript = queries.useQuery('get', '/api/privilege/sessions/{id}/transcript', { params: { path: { id: session.id } } });
  const events = useMemo(() => transcript.data?.events ?? [], [transcript.data]);
  const length = lengthOf(events);
  const [at, setAt] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const now = Math.min(at ?? length, length);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setAt((before) => Math.min((before ?? 0) + (frame / 1000) * speed, length)), frame);
    return () => clearInterval(timer);
  }, [playing, length]);
  const over = now >= length;
  const toggle = () => {
    if (over) setAt(0);
    setPlaying(over || !playing);
  };
  return (
    <Drawer open onClose={onClose} size={760} title={t('replay.title', { system: session.system })}>
      {transcript.error && <Notice tone="error">{fault(transcript.error)}</Notice>}
      {transcript.data && (
        <div className={styles.parts}>
          <Notice tone={transcript.data.whole ? 'success' : 'error'}>{t(transcript.data.whole ? 'replay.whole' : 'replay.notWhole')}</Notice>
          <div className={styles.player}>
            <Button onClick={toggle}>{t(playing && !over ? 'replay.pause' : 'replay.play')}</Button>
            <Slider min={0} max={length} step={0.1} value={now} ariaLabelForHandle={t('replay.moment')} tooltip={{ formatter: (value) => `${value ?? 0} s` }} onChange={setAt} />
            <span>
              {now.toFixed(1)} / {length.toFixed(1)} s
            </span>
          </div>
          <pre className={styles.text} tabIndex={0} aria-label={t('replay.text')}>
            {shownAt(events, now)}
          </pre>
        </div>
      )}
    </Drawer>
  );
}
