import { ExportOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import type { Exported } from '@/kit/table/exporting';

const ExportRoute = lazy(() => import('./ExportRoute'));

/** Lets a list leave as a file, where the reader may. */
export default function ExportTool(exported: Exported) {
  const { t } = useTranslation('output');
  const { roles } = useSession();
  const [open, setOpen] = useState(false);
  if (!may(roles, 'export')) return null;
  return (
    <>
      <Tooltip title={t('export.tool')}>
        <Button icon={<ExportOutlined />} aria-label={t('export.tool')} onClick={() => setOpen(true)} />
      </Tooltip>
      {open && (
        <Suspense fallback={null}>
          <ExportRoute {...exported} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
