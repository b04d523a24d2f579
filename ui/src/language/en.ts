import antdLocale from 'antd/es/locale/en_US';
import app from '@/app/words.en.json';
import kit from '@/kit/words.en.json';
import terms from './terms.en.json';

export default { words: { app, kit, terms }, antdLocale, dayjsLocale: 'en', tag: 'en' };
