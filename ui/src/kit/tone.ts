/** What a colour says. Wherever it is used, a word or a shape says it too. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error';
