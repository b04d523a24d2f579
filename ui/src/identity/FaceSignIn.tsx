import { Button, Input, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import styles from './ChangePassword.module.css';
import Scan from './Scan';

/** Signs in by the face of whoever is named first: one is compared with one. */
export default function FaceSignIn({ onIn, onClose }: { onIn: () => void; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const [name, setName] = useState('');
  const begin = queries.useMutation('post', '/api/session/face/begin');
  const enter = queries.useMutation('post', '/api/session/face', { onSuccess: onIn });
  const { mutate: finish } = enter;
  const onSeen = useCallback((ceremony: string) => finish({ body: { ceremony } }), [finish]);
  const start = () => {
    enter.reset();
    begin.mutate({ body: { name: name.trim() } });
  };
  if (begin.data) return <Scan key={begin.data.ceremony} kind="face" title={t('face.signIn')} shown={begin.data} error={fault(enter.error ?? begin.error)} onSigned={onSeen} onAgain={start} onClose={onClose} />;
  return (
    <Modal open onCancel={onClose} footer={null} width={400} title={t('face.signIn')} destroyOnHidden>
      <p className={styles.lead}>{t('face.nameLead')}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) start();
        }}
      >
        {begin.error && <Notice tone="error">{fault(begin.error)}</Notice>}
        <div>
          <label htmlFor="face-name">{t('name')}</label>
          <Input id="face-name" autoFocus autoComplete="username" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('face.look')}
        </Button>
      </form>
    </Modal>
  );
}
