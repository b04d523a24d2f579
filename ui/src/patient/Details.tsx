import { IdcardOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from './PatientPage';

const DetailsDrawer = lazy(() => import('./DetailsDrawer'));

/** The way to a patient's numbers and contacts. */
export function Details({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patient');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<IdcardOutlined />} onClick={() => setOpen(true)}>
        {t('details.title')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <DetailsDrawer patient={patient} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
