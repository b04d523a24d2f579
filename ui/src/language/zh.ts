import antdLocale from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import app from '@/app/words.zh.json';
import kit from '@/kit/words.zh.json';
import terms from './terms.zh.json';

export default { words: { app, kit, terms }, antdLocale, dayjsLocale: 'zh-cn', tag: 'zh-CN' };
