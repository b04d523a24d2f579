import { Checkbox, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { GrowingText } from '@/kit/GrowingText';
import { MomentInput } from '@/kit/MomentInput';
import type { Field } from '@/kit/form/definition';
import { useText } from '@/language/text';
import styles from './Form.module.css';

/** Beyond these a choice is a list that opens. */
const shownAtOnce = 5;

interface AnswerInputProps {
  id: string;
  field: Field;
  answer: unknown;
  describedBy: string | undefined;
  invalid: boolean;
  onAnswer: (answer: unknown) => void;
  onLeave: () => void;
}

const asText = (answer: unknown): string => (typeof answer === 'string' ? answer : typeof answer === 'number' ? String(answer) : '');

/** What is typed for an integer stays as typed until it is one, so that the finding can name it. */
const asInteger = (typed: string): unknown => (/^-?[0-9]{1,16}$/.test(typed.trim()) ? Number(typed) : typed);

/** The means of answering one field. */
export function AnswerInput({ id, field, answer, describedBy, invalid, onAnswer, onLeave }: AnswerInputProps) {
  const { t } = useTranslation('form');
  const say = useText();
  const aria = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid, onBlur: onLeave };
  switch (field.kind) {
    case 'prose':
      return <GrowingText {...aria} value={asText(answer)} least={2} most={16} onChange={(event) => onAnswer(event.target.value)} />;
    case 'boolean':
      return (
        <Radio.Group
          {...aria}
          value={answer}
          onChange={(event) => onAnswer(event.target.value)}
          options={[
            { value: true, label: t('yes') },
            { value: false, label: t('no') },
          ]}
        />
      );
    case 'choice': {
      const options = (field.options ?? []).map((option) => ({ value: option.value, label: say(option.title) }));
      if (options.length <= shownAtOnce) return <Radio.Group {...aria} value={answer} onChange={(event) => onAnswer(event.target.value)} options={options} />;
      return <Select {...aria} value={answer ?? null} options={options} showSearch={{ optionFilterProp: 'label' }} allowClear onChange={onAnswer} className={styles.wide ?? ''} />;
    }
    case 'choices':
      return (
        <Checkbox.Group
          className={styles.choices ?? ''}
          value={Array.isArray(answer) ? (answer as string[]) : []}
          options={(field.options ?? []).map((option) => ({ value: option.value, label: say(option.title) }))}
          onChange={(values) => onAnswer(values.length ? values : undefined)}
        />
      );
    case 'date':
      return <Input {...aria} type="date" className={styles.short ?? ''} value={asText(answer)} onChange={(event) => onAnswer(event.target.value)} />;
    case 'moment':
      return <MomentInput id={id} value={asText(answer) || undefined} onChange={(at) => onAnswer(at?.replace(/\.\d+Z$/, 'Z'))} />;
    case 'integer':
      return <Input {...aria} inputMode="numeric" className={styles.short ?? ''} suffix={field.unit} value={asText(answer)} onChange={(event) => onAnswer(asInteger(event.target.value))} />;
    case 'decimal':
      return <Input {...aria} inputMode="decimal" className={styles.short ?? ''} suffix={field.unit} value={asText(answer)} onChange={(event) => onAnswer(event.target.value.trim())} />;
    default:
      return <Input {...aria} value={asText(answer)} onChange={(event) => onAnswer(event.target.value)} />;
  }
}
