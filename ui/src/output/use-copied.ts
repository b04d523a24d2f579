import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFault } from '@/api/fault';
import { textOf } from './file';

/** What is no longer than this, and on one line, is a number or a word that somebody types elsewhere. */
const aLine = 40;

/**
 * Puts text that was copied from a document on account, and the line that leads
 * back to it into the clipboard. The clipboard has the text at once, whatever
 * the server says.
 */
export function useCopied(document: string, version: number): () => void {
  const { t } = useTranslation('record');
  const { message } = App.useApp();
  const fault = useFault();
  return () => {
    const copied = window.getSelection()?.toString().trim() ?? '';
    if (copied.length <= aLine && !copied.includes('\n')) return;
    const account = async () => {
      const { data, error } = await api.POST('/api/output/copies', { body: { document, version, characters: copied.length } });
      if (data?.file) await navigator.clipboard.writeText(`${copied}\n${textOf(data.file)}`);
      else if (error) void message.warning(t('copied.refused', { why: fault(error) }));
    };
    account().catch(() => void message.warning(t('copied.unmarked')));
  };
}
