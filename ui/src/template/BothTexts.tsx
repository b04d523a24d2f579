import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '@/kit/GrowingText';
import type { Text } from '@/kit/form/definition';
import styles from './Template.module.css';

interface BothTextsProps {
  id: string;
  /** What the two texts are, for whoever cannot see their label. */
  label: string;
  value: Text | undefined;
  long?: boolean;
  onChange: (value: Text) => void;
}

/** What people read, in both languages. */
export function BothTexts({ id, label, value = { zh: '', en: '' }, long = false, onChange }: BothTextsProps) {
  const { t } = useTranslation('template');
  return (
    <div className={styles.both}>
      {(['zh', 'en'] as const).map((language) => {
        const shared = {
          id: language === 'zh' ? id : `${id}-en`,
          value: value[language],
          placeholder: t(`language.${language}`),
          'aria-label': `${label} ${t(`language.${language}`)}`,
        };
        const change = (text: string) => onChange({ ...value, [language]: text });
        return long ? (
          <GrowingText key={language} {...shared} least={1} most={4} onChange={(event) => change(event.target.value)} />
        ) : (
          <Input key={language} {...shared} onChange={(event) => change(event.target.value)} />
        );
      })}
    </div>
  );
}
