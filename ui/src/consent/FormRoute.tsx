import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/NotFound';
import { Unreachable } from '@/app/Unreachable';
import { useSession } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { useText } from '@/language/text';
import { useScopeOf } from './consent';
import styles from './Consent.module.css';
import { ConsentSheet } from './ConsentSheet';
import { useForms } from './use-forms';

/** A form as it is printed to be signed. */
export function Component() {
  const { id = '' } = useParams();
  const { t } = useTranslation('consent');
  const text = useText();
  const scopeOf = useScopeOf();
  const { organisation } = useSession();
  const { forms, error } = useForms();
  if (error) return <Unreachable error={error} onRetry={() => window.location.reload()} />;
  if (!forms) return <Waiting />;
  const form = forms.find((one) => one.id === id);
  if (!form) return <NotFound />;
  const consent = form.kind === 'consent';
  return (
    <ConsentSheet
      organisation={text(organisation)}
      title={text(form.name)}
      facts={consent ? [{ label: t('sheet.purposes'), value: scopeOf(form.scope) }] : []}
      sections={[{ key: 'text', title: t('sheet.text'), text: text(form.text) }]}
      version={form.version}
      back={{ to: '/consents', words: t('sheet.backToForms') }}
      onPrint={() => window.print()}
      foot={<div className={styles.blank}>{[t(consent ? 'sheet.agree' : 'sheet.knows'), t('sheet.signFor'), t('sheet.sign')].join('\n')}</div>}
    />
  );
}
