import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '@/language/text';
import { ExportFollowed } from './ExportFollowed';
import type { Export } from './output';
import { useLists } from './use-lists';

/** An export beside the list of exports. */
export default function ExportDrawer({ open, onClose }: { open: Export; onClose: () => void }) {
  const { t } = useTranslation('output');
  const text = useText();
  const lists = useLists();
  return (
    <Drawer open onClose={onClose} size={480} mask={false} title={t('export.title', { list: text(lists[open.list]) || open.list })}>
      <ExportFollowed id={open.id} begun={open} />
    </Drawer>
  );
}
