import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { validateFactorSet } from '#ghg';
import { factorSets, gases } from './read-catalogue';
import { openFile } from '../../libs/factor-files/src/open-file';
import { isFileRefusal } from '../../libs/factor-files/src/factor-file';
import { UK_DESNZ_FLAT_FILE } from '../../libs/factor-files/src/publishers/uk-desnz';
const R = path.join(process.env.SCOPEBOOK_REFERENCE ?? '', 'uk-desnz');
const F: Record<string,string> = {2019:'2019/conversion-factors-2019-flat-file-v01-02.xls',2020:'2020/Conversion_Factors_2020_-_Flat_file__for_automatic_processing_only_.xlsx',2021:'2021/conversion-factors-2021-flat-file-automatic-processing.xls',2022:'2022/ghg-conversion-factors-2022-flat-format.xls',2023:'2023/ghg-conversion-factors-2023-flat-file-update.xlsx',2024:'2024/ghg-conversion-factors-2024-FlatFormat_v1_1.xlsx',2025:'2025/flat-file.xlsx'};
const id=(f:any)=>JSON.stringify([f.activityType,f.leg,f.region,f.year,f.unit,Object.entries(f.attributes).sort()]);
it('runs', () => {
  const log: string[] = [];
  for (const y in F) {
    const t=Date.now();
    const o = openFile({ name: F[y]!, bytes: readFileSync(path.join(R, F[y]!)) });
    if (isFileRefusal(o)) { log.push(y+JSON.stringify(o)); continue; }
    const t1=Date.now();
    const rec = UK_DESNZ_FLAT_FILE.recognise(o);
    if (!rec) { log.push(y+' no'); continue; }
    const r = UK_DESNZ_FLAT_FILE.read(o, rec, {});
    if (isFileRefusal(r)) { log.push(y+JSON.stringify(r)); continue; }
    const reasons: Record<string,number> = {};
    for (const o of r.omissions) reasons[o.reason]=(reasons[o.reason]??0)+1;
    const p = validateFactorSet(r.set, gases);
    log.push(`${y} ${JSON.stringify(rec)} read ${r.rowsRead} used ${r.rowsUsed} omitted ${r.omissions.length} balance ${r.rowsRead-r.rowsUsed-r.omissions.length} factors ${r.set.factors.length} props ${r.set.properties?.length} ${JSON.stringify(reasons)} problems ${p.length} ${JSON.stringify(p.slice(0,5))} ${t1-t}+${Date.now()-t1}ms ids ${new Set(r.set.factors.map(id)).size}`);
    log.push('   longest code '+Math.max(...r.set.factors.map(f=>f.code.length))+' row '+Math.max(...r.set.factors.map(f=>f.source.row.length)));
    const d: Record<string,number> = {};
    for (const o of r.omissions) if(!['value_blank','gwp_of_register'].includes(o.reason)) { const k=o.reason+' | '+o.detail.split(' / ').slice(0,2).join(' / ')+' | '+o.detail.split(': ').pop(); d[k]=(d[k]??0)+1; }
    if (['2019','2022','2025'].includes(y)) for (const k in d) log.push('   '+d[k]+' '+k);
    const starter = factorSets.get('uk-desnz-'+y);
    if (starter) {
      const mine = new Map(r.set.factors.map(f=>[id(f),f]));
      let bad=0;
      for (const f of starter.factors) { const m=mine.get(id(f)); const s=(x:any)=>JSON.stringify(x&&[x.code,x.gases,x.kgco2e,x.source]); if (s(m)!==s(f)) { bad++; if(bad<8) log.push('   DIFF '+s(f)+'\n        '+s(m)+id(f)); } }
      log.push('   starter '+starter.factors.length+' differ '+bad);
    }
    const tt: Record<string,number>={}; for (const f of r.set.factors) tt[f.activityType]=(tt[f.activityType]??0)+1;
    if(y==='2025') log.push(JSON.stringify(tt));
    writeFileSync(`/tmp/p2/out-${y}.json`, JSON.stringify(r));
  }
  log.push('rss '+process.memoryUsage().rss/1e6);
  writeFileSync('/tmp/p2/log.txt', log.join('\n'));
});
