import { Button, Modal, Progress, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import type { LogSource } from './accesslog';
import { useHandIn } from './use-hand-in';
import styles from './Accesslog.module.css';

/** Hands in a log of one source, with how far it has come. */
export default function HandIn({ source, onClose }: { source: LogSource; onClose: () => void }) {
  const { t } = useTranslation('accesslog');
  const fault = useFault();
  const { sending, send, cancel } = useHandIn();
  const close = () => {
    cancel();
    onClose();
  };
  const done = sending?.run && sending.run.state !== 'receiving';
  return (
    <Modal open onCancel={close} footer={<Button onClick={close}>{t('close')}</Button>} title={t('handIn.title', { source: source.source })} destroyOnHidden>
      <div className={styles.parts}>
        <p className={styles.note}>{t('handIn.lead')}</p>
        {sending?.error !== undefined && sending.error !== null && <Notice tone="error">{fault(sending.error)}</Notice>}
        {done && <Notice tone="success">{t('handIn.done', { lines: sending.run?.lines })}</Notice>}
        {sending && <Progress percent={sending.of === 0 ? 100 : Math.floor((sending.sent / sending.of) * 100)} status={sending.error ? 'exception' : done ? 'success' : 'active'} />}
        {!sending && (
          <Upload.Dragger
            multiple={false}
            showUploadList={false}
            beforeUpload={(file) => {
              send(source.source, file);
              return false;
            }}
          >
            <p>{t('handIn.choose')}</p>
          </Upload.Dragger>
        )}
      </div>
    </Modal>
  );
}
