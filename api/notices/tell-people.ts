import { dayIn, type TellPeople } from '../places/index.ts';
import { writeNotices, type NoticeDeps } from './write-notices.ts';

/** What places has to tell people of their registration, in the step in which it is done. */
export function tellPeople(deps: NoticeDeps): TellPeople {
  return (engine, told, writes) => {
    const day = dayIn(deps.clock());
    const tellings = told.map(({ what, ofDeath, ...telling }) => ({
      ...{ ...telling, transaction: null },
      facts: { day, points: [], ...(what && { what }), ...(ofDeath && { ofDeath }) },
    }));
    return writeNotices({ ...deps, engine }, tellings, writes);
  };
}
