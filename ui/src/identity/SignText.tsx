import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Code } from '@/kit/Code';
import { FormDialog } from '@/kit/FormDialog';
import styles from './SignText.module.css';

type Challenged = Schemas['ChallengedOut'];

/** What the token's software gives back. */
export interface Signed {
  chain: string[];
  signature: string;
  code?: string;
}

interface SignTextProps {
  title: string;
  asked: Challenged;
  /** A code of the second factor may be given with it. */
  withCode: boolean;
  busy: boolean;
  error: string | undefined;
  onSigned: (signed: Signed) => void;
  onClose: () => void;
}

interface Values {
  certificate: string;
  signature: string;
  code?: string;
}

/** The text of a PEM without its frame, or base64 as it was pasted. */
function bytesOf(text: string): string[] {
  const framed = [...text.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)].map(([, inner]) => inner ?? '');
  return (framed.length > 0 ? framed : [text]).map((part) => part.replace(/\s+/g, ''));
}

/** For tokens whose software speaks no language of browsers: a text to be signed there, and places for what it gives back. */
export default function SignText({ title, asked, withCode, busy, error, onSigned, onClose }: SignTextProps) {
  const { t } = useTranslation('identity');
  const must = [{ required: true, message: t('rules.must') }];
  return (
    <FormDialog<Values>
      title={title}
      lead={t('sm2.lead')}
      submit={t('sm2.submit')}
      width={560}
      busy={busy}
      error={error}
      onSubmit={({ certificate, signature, code }) => onSigned({ chain: bytesOf(certificate), signature: bytesOf(signature)[0] ?? '', ...(code?.trim() && { code: code.trim() }) })}
      onClose={onClose}
    >
      <ol className={styles.steps}>
        <li>
          {t('sm2.copy')}
          <pre className={styles.text}>{asked.text}</pre>
          <Code value={asked.text} ends={8} copyable />
        </li>
        <li>{t('sm2.sign')}</li>
        <li>{t('sm2.paste')}</li>
      </ol>
      <Form.Item name="certificate" label={t('sm2.certificate')} rules={must}>
        <Input.TextArea rows={3} spellCheck={false} />
      </Form.Item>
      <Form.Item name="signature" label={t('sm2.signature')} rules={must}>
        <Input.TextArea rows={2} spellCheck={false} />
      </Form.Item>
      {withCode && (
        <Form.Item name="code" label={t('sm2.code')}>
          <Input autoComplete="one-time-code" maxLength={40} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
