import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { writeCodes } from '@/feed/feed';
import { Notice } from '@/kit/Notice';
import { PlainTable } from '@/kit/PlainTable';
import type { Column } from '@/kit/table/column';
import { When } from '@/kit/When';
import { useText } from '@/language/text';
import { usePerson } from '@/privilege/use-person';
import { completed, emptyMapping, type LogMapping, type LogSource, type Preset, type Trial, type Tried } from './accesslog';
import styles from './Accesslog.module.css';
import { MappingFields } from './MappingFields';

interface WriteMappingProps {
  source: LogSource | undefined;
  presets: Preset[];
  onClose: () => void;
}

/** Writes the mapping of a source, and tries it on a sample before it is kept. */
export default function WriteMapping({ source, presets, onClose }: WriteMappingProps) {
  const { t } = useTranslation('accesslog');
  const text = useText();
  const fault = useFault();
  const [code, setCode] = useState(source?.source ?? '');
  const [written, setWritten] = useState<LogMapping>(source?.mapping ?? presets[0]?.mapping ?? emptyMapping);
  const [actions, setActions] = useState(writeCodes(written.actions));
  const [sample, setSample] = useState('');
  const keep = queries.useMutation('post', '/api/access-logs/mapping', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const trial = queries.useMutation('post', '/api/access-logs/try');
  const mapping = completed(written, actions);
  const problem = fault(keep.error ?? trial.error);
  const ready = code.trim() !== '';
  const beginWith = (preset: Preset | undefined) => {
    setWritten(preset?.mapping ?? emptyMapping);
    setActions(writeCodes(preset?.mapping.actions));
  };
  return (
    <Modal open onCancel={onClose} footer={null} width={920} title={t('mapping.title')} destroyOnHidden>
      <Form layout="vertical" requiredMark={false}>
        <p className={styles.note}>{t('mapping.lead')}</p>
        {problem && <Notice tone="error">{problem}</Notice>}
        <Form.Item label={t('column.code')} htmlFor="log-source">
          <Input id="log-source" value={code} disabled={source !== undefined} onChange={({ target }) => setCode(target.value)} maxLength={40} />
        </Form.Item>
        <Form.Item label={t('mapping.preset')} htmlFor="log-preset">
          <Select
            id="log-preset"
            placeholder={t('mapping.choose')}
            options={presets.map(({ id, name }) => ({ value: id, label: text(name) }))}
            onChange={(id: string) => beginWith(presets.find((preset) => preset.id === id))}
          />
        </Form.Item>
        <MappingFields mapping={written} actions={actions} onChange={setWritten} onActions={setActions} />
        <Form.Item label={t('mapping.sample')} htmlFor="log-sample">
          <Input.TextArea id="log-sample" className={styles.mapping} rows={4} value={sample} onChange={({ target }) => setSample(target.value)} maxLength={60_000} />
        </Form.Item>
        {trial.data && <TrialOf trial={trial.data} />}
        <div className={styles.buttons}>
          <Button onClick={() => trial.mutate({ body: { source: code, mapping, sample: base64(sample) } })} disabled={!ready || sample === ''} loading={trial.isPending}>
            {t('mapping.try')}
          </Button>
          <Button type="primary" onClick={() => keep.mutate({ body: { source: code, mapping } })} disabled={!ready} loading={keep.isPending}>
            {t('mapping.keep')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function TrialOf({ trial }: { trial: Trial }) {
  const { t } = useTranslation('accesslog');
  const text = useText();
  const person = usePerson(trial.names);
  const columns: Column<Tried>[] = [
    { key: 'line', title: t('column.line'), width: '60px', align: 'end', render: ({ line }) => line },
    { key: 'at', title: t('column.at'), width: '160px', render: ({ event }) => (event ? <When at={event.at} as="second" /> : '') },
    { key: 'who', title: t('column.person'), width: '150px', render: (one) => (one.event ? person(one.person) || t('mapping.nobody', { account: one.event.account ?? one.event.staff }) : '') },
    { key: 'patient', title: t('column.patient'), width: '130px', render: ({ event, known }) => (event?.patient ? `${event.patient} ${known ? '✓' : t('mapping.unknown')}` : '') },
    { key: 'action', title: t('column.done'), width: '90px', render: ({ event }) => (event ? t(`action.${event.action}` as never, { defaultValue: event.action }) : '') },
    { key: 'rule', title: t('mapping.aside'), render: ({ say, remedy, field }) => (say ? `${text(say)}${field ? ` (${field})` : ''} — ${text(remedy)}` : '') },
  ];
  return (
    <>
      {trial.missing.length > 0 && <Notice tone="warning">{t('mapping.missing', { columns: trial.missing.join('、') })}</Notice>}
      <PlainTable label={t('mapping.sample')} columns={columns} rows={trial.lines} rowKey={({ line }) => String(line)} empty={t('mapping.empty')} />
    </>
  );
}
