export { deskFor, DESKS, roleOfDesk, type Desk } from './desk.ts';
export { DEEDS, STATES, stateAfter, waitsIn, type Deed, type InquiryState } from './state.ts';
