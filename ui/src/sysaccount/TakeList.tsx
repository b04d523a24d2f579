import { Button, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { api } from '@/api/client';
import { useFault } from '@/api/fault';
import { Facts } from '@/kit/Facts';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import type { AccountSystem, Taking } from './sysaccount';
import styles from './Sysaccount.module.css';

interface Tried {
  file: File;
  taking?: Taking;
  error?: unknown;
  done?: boolean;
}

/** Takes the whole list of a system's accounts, after showing what it would change. */
export default function TakeList({ system, onClose }: { system: AccountSystem; onClose: () => void }) {
  const { t } = useTranslation('sysaccount');
  const fault = useFault();
  const [tried, setTried] = useState<Tried>();
  const ask = async (path: '/api/system-accounts/try' | '/api/system-accounts/take', file: File, whole = false) => {
    const asked = await api.POST(path, {
      params: { query: { source: system.source, ...(whole && { whole }) } },
      body: file as never,
      bodySerializer: (body) => body as never,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    const taken = path.endsWith('take');
    setTried((before) => ({ file, done: taken && asked.data !== undefined, ...(asked.data ? { taking: asked.data } : before?.taking && { taking: before.taking }), ...(!asked.data && { error: asked.error }) }));
    if (taken && asked.data) await cache.invalidateQueries();
  };
  const shrunk = (tried?.error as { code?: string } | undefined)?.code === 'sysaccount.shrunk';
  return (
    <Modal open onCancel={onClose} footer={null} width={640} title={t('take.title', { system: system.source })} destroyOnHidden>
      <div className={styles.parts}>
        <p className={styles.note}>{t('take.lead')}</p>
        {tried?.error !== undefined && tried.error !== null && <Notice tone="error">{fault(tried.error)}</Notice>}
        {tried?.done && <Notice tone="success">{t('take.done')}</Notice>}
        {tried?.taking && <Changes taking={tried.taking} />}
        {!tried && (
          <Upload.Dragger
            multiple={false}
            showUploadList={false}
            beforeUpload={(file) => {
              void ask('/api/system-accounts/try', file);
              return false;
            }}
          >
            <p>{t('take.choose')}</p>
          </Upload.Dragger>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t('close')}</Button>
          {tried?.taking && !tried.done && (
            <Button type="primary" danger={shrunk} disabled={tried.taking.wrong.length > 0} onClick={() => void ask('/api/system-accounts/take', tried.file, shrunk)}>
              {t(shrunk ? 'take.whole' : 'take.do')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Changes({ taking }: { taking: Taking }) {
  const { t } = useTranslation('sysaccount');
  const text = useText();
  const figures = ['size', 'alive', 'met', 'added', 'changed', 'gone'] as const;
  return (
    <>
      <Facts facts={figures.map((key) => ({ label: t(`take.${key}`), value: taking[key] }))} />
      {taking.wrong.length > 0 && (
        <Notice tone="error" title={t('take.wrong')}>
          {taking.wrong.slice(0, 20).map(({ line, field, problem }) => (
            <div key={`${line} ${field}`}>
              {t('take.line', { line })} {field}: {text(problem)}
            </div>
          ))}
        </Notice>
      )}
    </>
  );
}
