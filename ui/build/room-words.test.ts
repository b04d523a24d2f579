import { expect, it } from 'vitest';
import { withWords } from './room-words';

it('adds the words of each room once, after the last line', () => {
  const code = `import x from 'y';\nconst { t } = useTranslation('seal');\nuseTranslation('seal');\nuseTranslation('record');`;
  expect(withWords(code)?.code).toBe(`${code}\nimport 'virtual:words/seal';\nimport 'virtual:words/record';`);
});

it('leaves alone what needs only the words of the language', () => {
  expect(withWords(`useTranslation(); useTranslation('kit'); useTranslation('terms');`)).toBeUndefined();
});
