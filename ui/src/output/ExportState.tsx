import { Button, Form, Input, Popconfirm, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Clock } from '@/kit/Clock';
import { Code } from '@/kit/Code';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import type { Tone } from '@/kit/tone';
import { useRow } from '@/language/text';
import styles from './Output.module.css';
import { exportTones, isOpen, type Export } from './output';

export interface ExportStateProps {
  shown: Export;
  busy: boolean;
  /** What the file bears that was fetched just now. */
  fetched?: { serial: string; code: string } | undefined;
  onCancel: () => void;
  onDownload: (code?: string) => void;
}

/** Where an export stands, why, and what can be done next. */
export function ExportState({ shown, busy, fetched, onCancel, onDownload }: ExportStateProps) {
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
      {state === 'ready' && <Download shown={shown} busy={busy} onDownload={onDownload} />}
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
