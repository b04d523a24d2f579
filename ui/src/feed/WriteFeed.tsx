import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { rulesOf, writtenOf, type Feed, type Written } from './feed';
import styles from './Feed.module.css';
import { FieldRules } from './FieldRules';
import { TrialOf } from './TrialOf';

/** Writes the mapping of a feed, and tries it before it is kept. */
export default function WriteFeed({ feed, onClose }: { feed: Feed | undefined; onClose: () => void }) {
  const { t } = useTranslation('feed');
  const text = useText();
  const fault = useFault();
  const choices = queries.useQuery('get', '/api/feeds/choices', {});
  const [code, setCode] = useState(feed?.feed ?? '');
  const [source, setSource] = useState(feed?.source ?? '');
  const [shape, setShape] = useState<Feed['shape']>(feed?.shape ?? 'patients');
  const [connection, setConnection] = useState(feed?.mapping.connection ?? '');
  const [table, setTable] = useState(feed?.mapping.table ?? '');
  const [changed, setChanged] = useState(feed?.mapping.changed ?? '');
  const [overlap, setOverlap] = useState(feed?.mapping.overlapHours ?? 24);
  const [every, setEvery] = useState(feed?.mapping.everyMinutes ?? 0);
  const [written, setWritten] = useState<Record<string, Written>>(Object.fromEntries(Object.entries(feed?.mapping.fields ?? {}).map(([field, rule]) => [field, writtenOf(rule)])));
  const keep = queries.useMutation('post', '/api/feeds/mapping', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const trial = queries.useMutation('post', '/api/feeds/try');
  const fields = choices.data?.shapes.find(({ id }) => id === shape)?.fields ?? [];
  const own = Object.fromEntries(Object.entries(written).filter(([id]) => fields.some((field) => field.id === id)));
  const mapping = { connection, table: table.trim(), fields: rulesOf(own), everyMinutes: every, ...(changed.trim() && { changed: changed.trim(), overlapHours: overlap }) };
  const body = { feed: code.trim(), source: source.trim(), shape, mapping };
  const wholeFiles = choices.data !== undefined && fields.length === 0;
  const ready = body.feed !== '' && body.source !== '' && connection !== '' && mapping.table !== '';
  const problem = fault(keep.error ?? trial.error ?? choices.error);
  return (
    <Modal open onCancel={onClose} footer={null} width={980} title={t('write.title')} destroyOnHidden>
      <Form layout="vertical" requiredMark={false}>
        <div className={styles.parts}>
          <p className={styles.note}>{t('write.lead')}</p>
          {problem && <Notice tone="error">{problem}</Notice>}
          {choices.data?.connections.length === 0 && <Notice tone="warning">{t('write.noConnection')}</Notice>}
          <div className={styles.head}>
            <Form.Item label={t('column.feed')} htmlFor="feed-code">
              <Input id="feed-code" value={code} disabled={feed !== undefined} placeholder="his-patients" maxLength={40} onChange={({ target }) => setCode(target.value)} />
            </Form.Item>
            <Form.Item label={t('column.source')} htmlFor="feed-source">
              <Input id="feed-source" value={source} disabled={feed !== undefined} placeholder="his" maxLength={40} onChange={({ target }) => setSource(target.value)} />
            </Form.Item>
            <Form.Item label={t('column.shape')} htmlFor="feed-shape">
              <Select id="feed-shape" value={shape} disabled={feed !== undefined} options={(choices.data?.shapes ?? []).map(({ id, name }) => ({ value: id, label: text(name) }))} onChange={(value: string) => setShape(value as Feed['shape'])} />
            </Form.Item>
            <Form.Item label={t('write.connection')} htmlFor="feed-connection">
              <Select id="feed-connection" value={connection || undefined} options={(choices.data?.connections ?? []).map((one) => ({ value: one.code, label: `${one.code} · ${t(`kind.${one.kind}`)}` }))} onChange={setConnection} />
            </Form.Item>
            <Form.Item label={t('write.table')} htmlFor="feed-table">
              <Input id="feed-table" value={table} placeholder={wholeFiles ? '*.xml' : 'his.v_patient'} maxLength={200} onChange={({ target }) => setTable(target.value)} />
            </Form.Item>
            <Form.Item label={t('write.every')} htmlFor="feed-every">
              <InputNumber id="feed-every" className={styles.wide} min={0} max={10_080} value={every} onChange={(value) => setEvery(value ?? 0)} />
            </Form.Item>
            <Form.Item label={t('write.changed')} htmlFor="feed-changed">
              <Input id="feed-changed" value={changed} maxLength={120} disabled={wholeFiles} onChange={({ target }) => setChanged(target.value)} />
            </Form.Item>
            <Form.Item label={t('write.overlap')} htmlFor="feed-overlap">
              <InputNumber id="feed-overlap" className={styles.wide} min={0} max={720} disabled={changed.trim() === ''} value={overlap} onChange={(value) => setOverlap(value ?? 0)} />
            </Form.Item>
          </div>
          {wholeFiles ? (
            <p className={styles.note}>{t('rules.files')}</p>
          ) : (
            <FieldRules fields={fields} written={written} has={trial.data?.has ?? []} onWrite={(field, rule) => setWritten({ ...written, [field]: rule })} />
          )}
          {trial.data && <TrialOf trial={trial.data} fields={fields} />}
          <div className={styles.buttons}>
            <Button disabled={!ready} loading={trial.isPending} onClick={() => trial.mutate({ body })}>
              {t('write.try')}
            </Button>
            <Button type="primary" disabled={!ready} loading={keep.isPending} onClick={() => keep.mutate({ body })}>
              {t('write.keep')}
            </Button>
          </div>
        </div>
      </Form>
    </Modal>
  );
}
