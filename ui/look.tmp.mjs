import { chromium } from '@playwright/test';
const out='/tmp/shots'; import fs from 'fs'; fs.mkdirSync(out,{recursive:true});
const [who='10015', lang='zh', scheme='light', ...paths]=process.argv.slice(2);
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu','--disable-quic']});
const c=await b.newContext({ignoreHTTPSErrors:true,viewport:{width:1366,height:768},timezoneId:'Asia/Shanghai',locale:'zh-CN',baseURL:'https://localhost:9447'});
await c.addInitScript(([l,s])=>{localStorage.setItem('medward.language',l);localStorage.setItem('medward.scheme',s)},[lang,scheme]);
const p=await c.newPage();
p.on('console',m=>{if(['error','warning'].includes(m.type()))console.log('CONSOLE',m.text())});
p.on('pageerror',e=>console.log('PAGEERROR',e.message));
p.on('response',r=>{if(r.status()>=400)console.log(r.status(),r.request().method(),r.url())});
const demo=await (await c.request.get('/api/session/demo-people')).json();
const person=demo.items.find(x=>x.number===who||x.roles.some(r=>r.id===who));
if(who!=='none') await c.request.post('/api/session',{data:{person:person.person}});
for(const path of paths){ let q=path; if(q.includes('{mine}')){const r=await (await c.request.get('/api/patients?scope=mine&limit=1')).json(); q=q.replace('{mine}',r.items[0].id); if(q.includes('{doc}')){const d=await (await c.request.get(`/api/patients/${r.items[0].id}/documents`)).json(); const one=d.items.find(x=>x.kind==='C0034')??d.items[0]; q=q.replace('{doc}',one.id).replace('{docpath}',one.id)}}
 await p.goto(q); await p.waitForTimeout(1800); const f=`${out}/${who}-${lang}-${scheme}-${path.replace(/[^a-z0-9]+/gi,'_')}.png`; await p.screenshot({path:f}); console.log(f);}
await b.close();
