import { Button, Checkbox, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { seen } from './face';
import styles from './Faces.module.css';
import Scan from './Scan';

interface EnrolFaceProps {
  terms: Schemas['IdentityFaceTerms'];
  onEnrolled: () => void;
  onClose: () => void;
}

/** Lets the reader sign the statement, then be looked at, then see how surely he was alive. */
export default function EnrolFace({ terms, onEnrolled, onClose }: EnrolFaceProps) {
  const { t } = useTranslation('identity');
  const text = useText();
  const fault = useFault();
  const [agreed, setAgreed] = useState(false);
  const begin = queries.useMutation('post', '/api/identity/faces/begin');
  const enrol = queries.useMutation('post', '/api/identity/faces', { onSuccess: onEnrolled });
  const { mutate: finish } = enrol;
  const onSeen = useCallback((ceremony: string) => finish({ body: { ceremony } }), [finish]);
  const start = () => {
    enrol.reset();
    begin.mutate({ body: { agreed: terms.rev } });
  };
  const title = t('face.enrol');
  if (enrol.data)
    return (
      <Modal open onCancel={onClose} footer={<Button onClick={onClose}>{t('face.done')}</Button>} width={480} title={title}>
        <Notice tone="success" title={t('face.enrolled')}>
          {t('face.liveness', { n: seen(enrol.data.live) })}
        </Notice>
      </Modal>
    );
  if (begin.data) return <Scan key={begin.data.ceremony} kind="face" title={title} shown={begin.data} error={fault(enrol.error ?? begin.error)} onSigned={onSeen} onAgain={start} onClose={onClose} />;
  return (
    <Modal open onCancel={onClose} footer={null} width={560} title={title}>
      <form
        className={styles.agree}
        onSubmit={(event) => {
          event.preventDefault();
          if (agreed) start();
        }}
      >
        {begin.error && <Notice tone="error">{fault(begin.error)}</Notice>}
        <section aria-label={t('face.statement')} className={styles.statement} tabIndex={0}>
          {text(terms.statement)}
        </section>
        <Notice>{t('face.otherwise')}</Notice>
        <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
          {t('face.agree')}
        </Checkbox>
        <div className={styles.foot}>
          <Button onClick={onClose}>{t('face.decline')}</Button>
          <Button type="primary" htmlType="submit" disabled={!agreed} loading={begin.isPending}>
            {t('face.sign')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
