/** A mapping for the firm: each name once, and each version only by whoever has seen the one before. */
import type { ProductDeps } from '../../places/index.ts';
import { problem, type Actor, type Problem } from '../../platform/index.ts';
import { mappingsOf, ownerOf } from '../bill-mappings.ts';
import { mappingFault, type BillMapping } from '../files/bill-mapping.ts';
import { faultField } from '../mapping-faults.ts';
import { proposeChange, type FirmChange } from './firm-changes.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

export async function saveMapping(
  deps: Deps,
  input: BillMapping & { estate: string; version: number; actor: Actor },
): Promise<FirmChange | Problem> {
  const { estate, version, actor, name, header, columns } = input;
  const fault = mappingFault({ header, columns });
  if (fault) return problem('invalid-input', { fields: [faultField(fault)] });
  const all = await mappingsOf(deps.engine, await ownerOf(deps, estate));
  const before = all.find((mapping) => mapping.name === name);
  if (before && version === 0) return problem('already-exists', { fields: [nameTaken] });
  const body = JSON.stringify({ header, columns });
  return proposeChange(deps, { estate, kind: 'mapping', name, body, follows: version, actor });
}

const nameTaken = {
  field: 'name',
  zh: '已经有这个名称的方案，请换一个名称',
  en: 'There is a mapping of this name already; choose another',
};
