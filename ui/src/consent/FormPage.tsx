import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/app/session';
import { Notice } from '@/kit/Notice';
import { formatMinute } from '@/language/time';
import { useText } from '@/language/text';
import { useScopeOf, type Template } from './consent';
import styles from './Consent.module.css';
import { ConsentSheet } from './ConsentSheet';
import { useMark } from './use-mark';

export interface FormPageProps {
  /** The newest first. */
  versions: Template[];
  shown: Template;
  onShow: (version: number) => void;
}

/** One version of a form, set like paper, with the way to the others. */
export function FormPage({ versions, shown, onShow }: FormPageProps) {
  const { t } = useTranslation('consent');
  const text = useText();
  const scopeOf = useScopeOf();
  const mark = useMark();
  const { organisation } = useSession();
  const consent = shown.kind === 'consent';
  const newest = versions[0]?.version ?? shown.version;
  return (
    <ConsentSheet
      organisation={text(organisation)}
      title={text(shown.name)}
      facts={consent ? [{ label: t('sheet.purposes'), value: scopeOf(shown.scope) }] : []}
      sections={[{ key: 'text', title: t('sheet.text'), text: text(shown.text) }]}
      version={shown.version}
      back={{ to: '/consents', words: t('sheet.backToForms') }}
      onPrint={() => window.print()}
      mark={mark}
      tools={
        versions.length > 1 && (
          <Select
            aria-label={t('versions')}
            value={shown.version}
            onChange={onShow}
            popupMatchSelectWidth={false}
            options={versions.map(({ version, made }) => ({ value: version, label: t('versionMade', { version, made: formatMinute(made) }) }))}
          />
        )
      }
      notice={shown.version < newest && <Notice tone="warning">{t('olderVersion', { version: shown.version, newest })}</Notice>}
      foot={<div className={styles.blank}>{[t(consent ? 'sheet.agree' : 'sheet.knows'), t('sheet.signFor'), t('sheet.sign')].join('\n')}</div>}
    />
  );
}
