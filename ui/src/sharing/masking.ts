import type { Schemas } from '@/api/client';

type Outlined = Schemas['SharingOutlined'];
type Item = Schemas['SharingItem'];

export type Ruling = 'usual' | 'disclose' | 'mask';

/** On which grounds an item may be ruled upon, as the server has it. */
export const grounds = { disclose: ['ordered', 'needed'], mask: ['unrelated', 'third-party', 'private'] } as const satisfies Record<Exclude<Ruling, 'usual'>, Item['ground'][]>;

/** What the form holds of one heading. */
export interface Said {
  ruling: Ruling;
  ground?: Item['ground'] | undefined;
  words?: string | undefined;
  phrases?: string[] | undefined;
}

/** By the place of the document and of the heading: keys may repeat and hold any sign. */
export type Sayings = Said[][];

/** What the last review said, to begin with. */
export const saidOf = (documents: Outlined[]): Sayings =>
  documents.map(({ headings }) =>
    (headings ?? []).map(({ ruling }) => (ruling ? { ruling: ruling.disclosed ? 'disclose' : 'mask', ground: ruling.ground, words: ruling.words, phrases: ruling.phrases ?? [] } : { ruling: 'usual' })),
  );

/** The rulings of a form; what is left as usual is none. */
export const itemsOf = (documents: Outlined[], said: Sayings): Item[] =>
  documents.flatMap(({ document, headings }, place) =>
    (headings ?? []).flatMap(({ section }, at) => {
      const one = said[place]?.[at];
      if (!one?.ground || one.ruling === 'usual') return [];
      const disclosed = one.ruling === 'disclose';
      return [{ document, section, disclosed, ground: one.ground, words: one.words ?? '', ...(disclosed && { phrases: one.phrases ?? [] }) }];
    }),
  );
