import { EditOutlined, FolderOutlined, ImportOutlined, LockOutlined, SafetyCertificateOutlined, SwapOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTerm } from '@/language/terms';
import { Pill } from './Pill';
import type { Tone } from './tone';

/** The states of a document that change what may be done with it. */
export type DocumentState = 'draft' | 'filed' | 'signed' | 'amended' | 'archived' | 'sealed' | 'reported';

const looks: Record<DocumentState, { tone: Tone; icon: ReactNode }> = {
  draft: { tone: 'neutral', icon: <EditOutlined /> },
  filed: { tone: 'warning', icon: <EditOutlined /> },
  signed: { tone: 'success', icon: <SafetyCertificateOutlined /> },
  amended: { tone: 'info', icon: <SwapOutlined /> },
  archived: { tone: 'neutral', icon: <FolderOutlined /> },
  sealed: { tone: 'error', icon: <LockOutlined /> },
  reported: { tone: 'warning', icon: <ImportOutlined /> },
};

export function StatePill({ state }: { state: DocumentState }) {
  const term = useTerm();
  return <Pill {...looks[state]}>{term('state', state)}</Pill>;
}
