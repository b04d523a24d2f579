import antdLocale from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import app from '@/app/words.zh.json';
import kit from '@/kit/words.zh.json';
import terms from './terms.zh.json';
import identity from '@/identity/words.zh.json';
import desk from '@/desk/words.zh.json';
import duty from '@/duty/words.zh.json';
import patient from '@/patient/words.zh.json';
import record from '@/record/words.zh.json';
import access from '@/access/words.zh.json';
import ledger from '@/ledger/words.zh.json';
import intake from '@/intake/words.zh.json';
import seal from '@/seal/words.zh.json';
import staff from '@/staff/words.zh.json';
import evidence from '@/evidence/words.zh.json';

const words = { app, kit, terms, identity, desk, duty, patient, record, access, ledger, intake, seal, staff, evidence };
export type Words = typeof words;

export default { words, antdLocale, dayjsLocale: 'zh-cn', tag: 'zh-CN' };
