import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { settleStepUp } from '@/api/step-up';
import { Waiting } from '@/app/Waiting';
import styles from './ChangePassword.module.css';
import { ShowForm } from './ShowForm';
import { useAsks } from './use-asks';

/** Asks who is there before something that a screen left open must not be enough for. */
export default function StepUpRoute() {
  const { t } = useTranslation('identity');
  const fault = useFault();
  const asks = useAsks();
  const stepUp = queries.useMutation('post', '/api/identity/step-up', { onSuccess: () => settleStepUp(true) });
  return (
    <Modal open onCancel={() => settleStepUp(false)} footer={null} width={400} title={t('stepUp.title')} zIndex={2000}>
      <p className={styles.lead}>{t('stepUp.lead')}</p>
      {asks ? <ShowForm asks={asks} busy={stepUp.isPending} error={fault(stepUp.error)} submit={t('stepUp.submit')} onShow={(body) => stepUp.mutate({ body })} /> : <Waiting />}
    </Modal>
  );
}
