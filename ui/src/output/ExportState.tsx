import { Button, Checkbox, Form, Input, Popconfirm, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import type { Tone } from '@/kit/tone';
import { useRow, useText, type Text } from '@/language/text';
import styles from './Output.module.css';
import { exportTones, isOpen, type Export } from './output';

export interface ExportStateProps {
  shown: Export;
  busy: boolean;
  /** What the file bears that was fetched just now. */
  fetched?: { serial: string; code: string } | undefined;
  /** What is still to be signed before the file can be fetched. */
  commitment?: Text | undefined;
  onPledge: () => void;
  onCancel: () => void;
  onDownload: (code?: string) => void;
}

/** Where an export stands, why, and what can be done next. */
export function ExportState({ shown, busy, fetched, commitment, onPledge, onCancel, onDownload }: ExportStateProps) {
  const { t } = useTranslation('output');
  const { state } = shown;
  return (
    <div className={styles.parts}>
      {state === 'running' ? <Running shown={shown} /> : <Said shown={shown} />}
      {fetched && (
        <Facts
          facts={[
            { label: t('serial'), value: <Code value={fetched.serial} copyable /> },
            { label: t('code'), value: <Code value={fetched.code} copyable /> },
          ]}
        />
      )}
      {state === 'ready' && commitment && <Pledge commitment={commitment} busy={busy} onPledge={onPledge} />}
      {state === 'ready' && !commitment && <Download shown={shown} busy={busy} onDownload={onDownload} />}
      {isOpen(shown) && state !== 'held' && (
        <div className={styles.foot}>
          <Popconfirm title={t('export.cancelTitle')} description={t('export.cancelNote')} okText={t('export.cancel')} cancelText={t('keep')} onConfirm={onCancel}>
            <Button danger disabled={busy}>
              {t('export.cancel')}
            </Button>
          </Popconfirm>
        </div>
      )}
    </div>
  );
}

function Running({ shown: { pages, lines, patients } }: { shown: Export }) {
  const { t } = useTranslation('output');
  return (
    <div role="status">
      <Progress percent={100} status="active" showInfo={false} aria-label={t('states.running')} />
      <p>{t('export.running', { pages, lines: lines.toLocaleString('en'), patients: patients.toLocaleString('en') })}</p>
      <p className={styles.hint}>{t('export.mayLeave')}</p>
    </div>
  );
}

function Said({ shown }: { shown: Export }) {
  const { t } = useTranslation('output');
  const row = useRow();
  const { state, why, alarm, lines, patients, leftOut } = shown;
  const tone = exportTones[state] as Exclude<Tone, 'neutral'>;
  const says = why ? t(`why.${why}`) : alarm ? t(`alarm.${alarm}`) : t(`notes.${state}`);
  const counted = [t('export.lines', { count: lines }), t('export.patients', { count: patients }), leftOut > 0 ? t('export.leftOut', { count: leftOut }) : ''].filter(Boolean);
  return (
    <Notice tone={(tone as Tone) === 'neutral' ? 'info' : tone} title={t(`states.${state}`)}>
      <p>{says}</p>
      {isOpen(shown) && <p>{row(counted)}</p>}
    </Notice>
  );
}

/** The word that somebody gives on this one file. */
function Pledge({ commitment, busy, onPledge }: { commitment: Text; busy: boolean; onPledge: () => void }) {
  const { t } = useTranslation('output');
  const text = useText();
  const [read, setRead] = useState(false);
  return (
    <section className={styles.parts} aria-label={t('pledge.title')}>
      <strong>{t('pledge.title')}</strong>
      <p>{text(commitment)}</p>
      <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
        {t('pledge.read')}
      </Checkbox>
      <div className={styles.foot}>
        <Button type="primary" disabled={!read} loading={busy} onClick={onPledge}>
          {t('pledge.sign')}
        </Button>
      </div>
    </section>
  );
}

function Download({ shown, busy, onDownload }: Pick<ExportStateProps, 'shown' | 'busy' | 'onDownload'>) {
  const { t } = useTranslation('output');
  const { needsCode, codeUntil, until, downloads, asked } = shown;
  return (
    <Form<{ code?: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onDownload(code?.trim())}>
      {needsCode && (
        <Form.Item name="code" label={t('export.code')} extra={codeUntil && <Clock deadline={codeUntil} full />} rules={[{ required: true, whitespace: true, message: t('export.codeMissing') }]}>
          <Input maxLength={40} autoComplete="off" placeholder="ABCD-EFGH-IJKL" />
        </Form.Item>
      )}
      <div className={styles.foot}>
        <span className={styles.hint}>
          {until && <Clock deadline={until} start={asked} />} {t('export.downloads', { count: downloads })}
        </span>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('export.download')}
        </Button>
      </div>
    </Form>
  );
}
