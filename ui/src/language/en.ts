import antdLocale from 'antd/es/locale/en_US';
import type { Words } from './zh';
import app from '@/app/words.en.json';
import kit from '@/kit/words.en.json';
import terms from './terms.en.json';
import identity from '@/identity/words.en.json';
import desk from '@/desk/words.en.json';
import duty from '@/duty/words.en.json';
import patient from '@/patient/words.en.json';
import record from '@/record/words.en.json';
import access from '@/access/words.en.json';
import ledger from '@/ledger/words.en.json';
import intake from '@/intake/words.en.json';
import seal from '@/seal/words.en.json';
import staff from '@/staff/words.en.json';
import evidence from '@/evidence/words.en.json';

const words = { app, kit, terms, identity, desk, duty, patient, record, access, ledger, intake, seal, staff, evidence } satisfies Record<keyof Words, object>;

export default { words, antdLocale, dayjsLocale: 'en', tag: 'en' };
