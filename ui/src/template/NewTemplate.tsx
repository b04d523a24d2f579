import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { useText } from '@/language/text';
import { asWire, type Content, emptyContent, formKinds, type Version, type WireContent } from './template';
import styles from './Template.module.css';

interface Asked {
  from: 'blank' | 'starter' | 'file';
  key?: string;
  zh?: string;
  en?: string;
  kind?: Content['kind'];
  starter?: string;
}

/** Begins a form: empty, from one that comes with the program, or from a file. */
export default function NewTemplate({ onWritten, onClose }: { onWritten: (version: Version) => void; onClose: () => void }) {
  const { t } = useTranslation('template');
  const text = useText();
  const fault = useFault();
  const [from, setFrom] = useState<Asked['from']>('blank');
  const [file, setFile] = useState<WireContent>();
  const [unread, setUnread] = useState(false);
  const starters = queries.useQuery('get', '/api/templates/starters', {}, { enabled: from === 'starter' });
  const write = queries.useMutation('post', '/api/templates', {
    onSuccess: async (version) => {
      await cache.invalidateQueries();
      onWritten(version);
    },
  });
  const needed = { required: true, message: t('required') };
  const read = async (chosen: File | undefined) => {
    setFile(undefined);
    setUnread(false);
    if (!chosen) return;
    try {
      setFile(JSON.parse(await chosen.text()) as WireContent);
    } catch {
      setUnread(true);
    }
  };
  const submit = ({ key = '', zh = '', en = '', kind = 'document', starter }: Asked) => {
    const content = from === 'file' ? file : from === 'starter' ? starters.data?.items.find(({ definition }) => definition.key === starter) : asWire(emptyContent(key, kind, { zh, en }, { zh: '', en: '' }));
    if (content) write.mutate({ body: { content } });
  };
  return (
    <FormDialog<Asked> title={t('do.new')} lead={t('new.lead')} submit={t('new.submit')} width={560} busy={write.isPending} error={unread ? t('new.unread') : fault(write.error)} initial={{ from, kind: 'document' }} onSubmit={submit} onClose={onClose}>
      <Form.Item name="from" label={t('new.from')}>
        <Radio.Group options={(['blank', 'starter', 'file'] as const).map((value) => ({ value, label: t(`new.${value}`) }))} onChange={(event) => setFrom(event.target.value as Asked['from'])} />
      </Form.Item>
      {from === 'blank' && (
        <div className={styles.two}>
          <Form.Item name="zh" label={t('new.zh')} rules={[needed]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="en" label={t('new.en')} rules={[needed]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="key" label={t('field.key')} extra={t('field.keyHint')} rules={[needed, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('field.keyHint') }]}>
            <Input maxLength={40} placeholder="progress_note" className={styles.code ?? ''} />
          </Form.Item>
          <Form.Item name="kind" label={t('form.kind')} rules={[needed]}>
            <Select options={formKinds.map((value) => ({ value, label: t(`formKind.${value}`) }))} />
          </Form.Item>
        </div>
      )}
      {from === 'starter' && (
        <Form.Item name="starter" label={t('new.which')} rules={[needed]}>
          <Select loading={starters.isPending} options={(starters.data?.items ?? []).map(({ definition }) => ({ value: definition.key, label: text(definition.title) }))} />
        </Form.Item>
      )}
      {from === 'file' && (
        <Form.Item label={t('new.which')} extra={file ? `${text(file.definition.title)} · ${file.definition.key}` : t('new.fileHint')}>
          <input type="file" aria-label={t('new.file')} accept="application/json,.json" onChange={(event) => void read(event.target.files?.[0])} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
