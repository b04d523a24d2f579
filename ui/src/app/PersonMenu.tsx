import { ApiOutlined, AuditOutlined, KeyOutlined, LogoutOutlined } from '@ant-design/icons';
import { Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useText } from '@/language/text';
import { PersonButton } from './PersonButton';
import type { Session } from './session';

interface PersonMenuProps {
  session: Session;
  onPurpose: (purpose: string) => void;
  onSignOut: () => void;
}

/** The purpose of what one does, one's own sign-in, and the way out. */
export default function PersonMenu({ session, onPurpose, onSignOut }: PersonMenuProps) {
  const { t } = useTranslation();
  const text = useText();
  const navigate = useNavigate();
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: t('top.purposeGroup'),
      children: session.purposes.map((purpose) => ({ key: `purpose:${purpose.id}`, label: text(purpose.name) })),
    },
    { type: 'divider' },
    { key: 'security', label: t('top.security'), icon: <KeyOutlined /> },
    { key: 'programs', label: t('top.myPrograms'), icon: <ApiOutlined /> },
    { key: 'use', label: t('top.myUse'), icon: <AuditOutlined /> },
    { key: 'out', label: t('top.signOut'), icon: <LogoutOutlined /> },
  ];
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items,
        selectable: true,
        selectedKeys: [`purpose:${session.purpose}`],
        onClick: ({ key }) => {
          if (key === 'out') onSignOut();
          else if (key === 'security') void navigate('/me/security');
          else if (key === 'programs') void navigate('/me/programs');
          else if (key === 'use') void navigate('/me/use');
          else onPurpose(key.slice('purpose:'.length));
        },
      }}
    >
      <PersonButton session={session} />
    </Dropdown>
  );
}
