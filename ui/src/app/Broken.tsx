import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/kit/EmptyState';
import { Page } from './Page';

interface BoundaryProps {
  /** A change of it, such as a change of page, tries again. */
  resetKey: string;
  children: ReactNode;
}

/** Keeps a defect of one page from taking the others along. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (before.resetKey !== this.props.resetKey && this.state.failed) this.setState({ failed: false });
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

/** Says that the page has a defect, and what still works. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <Page narrow>
      <div role="alert">
        <EmptyState
          whole
          title={t('broken.title')}
          hint={t('broken.hint')}
          action={
            <Button type="primary" icon={<ReloadOutlined />} onClick={() => window.location.reload()}>
              {t('broken.reload')}
            </Button>
          }
        />
      </div>
    </Page>
  );
}
